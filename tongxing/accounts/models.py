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

    class Privacy:
        fields = {
            "user": "staff",
            "role": "staff",
            "division_code": "staff",
            "from_date": "staff",
            "until_date": "staff",
        }

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.division_code}"
