"""Users, and the posts they hold: a role in a division for a time."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("称呼", max_length=40)
    is_active = models.BooleanField("在用", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    password_at = models.DateTimeField("密码改于", null=True, blank=True)
    must_change = models.BooleanField("要换密码", default=False)
    display = models.CharField(
        "字号和颜色", max_length=160, blank=True, default=""
    )  # as ui.display writes it; "": never chose

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[BaseUserManager[User]] = BaseUserManager()

    class Privacy:
        fields = {
            "username": "staff",
            "name": "staff",
            "password": "secret",
            "last_login": "staff",
            "is_active": "staff",
            "created_at": "staff",
            "password_at": "staff",
            "must_change": "staff",
            "display": "subject",
        }

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role (from the pack) over a division and what lies under it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts", verbose_name="用户")
    role = models.CharField("角色", max_length=40)
    division_code = models.CharField("辖区", max_length=12)
    from_date = models.DateField("起")
    until_date = models.DateField("止", null=True, blank=True)
    deputy_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name="代谁"
    )

    class Privacy:
        fields = {
            "user": "staff",
            "role": "staff",
            "division_code": "staff",
            "from_date": "staff",
            "until_date": "staff",
            "deputy_of": "staff",
        }

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.division_code}"


class SignedIn(models.Model):
    """One signed-in device. The session carries its key; a row that has ended lets nobody in (S19)."""

    class How(models.TextChoices):
        CODE = "totp", "验证码"
        PASSKEY = "webauthn", "通行密钥"
        RECOVERY = "recovery_codes", "备用码"
        DOOR = "door", "演示入口"
        SMS = "sms", "短信验证码"

    class Face(models.TextChoices):
        """A resident may rest longer than an officer, who sees everybody."""

        DESK = "desk", "工作人员"
        PORTAL = "portal", "居民"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signed_in", verbose_name="用户")
    how = models.CharField("怎么登录的", max_length=20, choices=How.choices)
    face = models.CharField("哪一边", max_length=6, choices=Face.choices, default=Face.DESK)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近动静")
    fresh_at = models.DateTimeField("最近确认是本人")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    device = models.CharField("设备", max_length=60)
    address = models.CharField("网络地址", max_length=45)

    class Privacy:
        fields = {
            "user": "staff",
            "how": "staff",
            "face": "staff",
            "started_at": "staff",
            "seen_at": "staff",
            "fresh_at": "staff",
            "ended_at": "staff",
            "device": "staff",
            "address": "staff",
        }

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"


class Guess(models.Model):
    """How often a name, an address or both together were wrong lately. The key is a fingerprint, never the name."""

    key = models.CharField("指纹", max_length=64, unique=True)
    failures = models.PositiveIntegerField("不对的次数", default=0)
    last_at = models.DateTimeField("最近一次")

    class Privacy:
        fields = {"key": "secret", "failures": "audit", "last_at": "audit"}

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.failures}"
