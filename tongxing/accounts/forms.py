"""Signing in with name and password."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm


class SignIn(AuthenticationForm):
    error_messages = {
        "invalid_login": "用户名和密码对不上。请看看大小写，或找本单位的管理员重设密码。",
        "inactive": "这个账号停用了。请找本单位的管理员。",
    }
