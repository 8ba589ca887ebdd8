"""Who manages whom (D19, S7): a county its own people, the security administrator everybody but the administrators.

The three administrators — of the system, of security, of the audit — are three people who hold no other post. No page
makes one: `tongxing appoint` does, on the machine itself.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may, may
from tongxing.accounts.models import Post, User
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.content.pack import Role
from tongxing.lib.divisions import is_under, level_of

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})


def is_administrator(user: User) -> bool:
    return any(post.role in ADMINISTRATORS for post in user.posts.all())


def givable(by: Actor | None) -> list[Role]:
    """The roles that `by` may give: never with a right that `by` lacks, never of another department."""
    known = pack(settings.PACK).roles.values()
    roles = [
        role for role in known if role.id not in ADMINISTRATORS and str(Right.OWN_AFFAIRS) not in map(str, role.rights)
    ]
    if by is None or not may(by, Right.MANAGE_LOCAL_USERS):
        return []
    if may(by, Right.MANAGE_USERS):
        return roles
    mine = (None, by.department)
    return [role for role in roles if by.rights.issuperset(role.rights) and role.department in mine]


def check_role_for(by: Actor | None, role: str, division_code: str) -> Actor:
    """Raises PermissionDenied: not a role to give, not in the area, not at the level of the role."""
    check_may(by, Right.MANAGE_LOCAL_USERS)
    assert by is not None
    found = next((known for known in givable(by) if known.id == role), None)
    if found is None:
        raise PermissionDenied("这个岗位您给不了：它有您自己没有的权限，或者是别的部门的。")
    if not is_under(division_code, by.division_code):
        raise PermissionDenied("这个地方不在您的辖区里。")
    if found.level not in ("none", level_of(division_code)):
        raise PermissionDenied(f"“{found.name}”不设在这一级。请另选地方。")
    return by


def check_manages(by: Actor | None, user: User) -> Actor:
    """Raises PermissionDenied unless every post that this user has or had is one that `by` could give."""
    check_may(by, Right.MANAGE_LOCAL_USERS)
    assert by is not None
    if user.pk == by.user_id:
        raise PermissionDenied("自己的账号要由别人来管。")
    if is_administrator(user):
        raise PermissionDenied("三个管理员的账号不在这里管。")
    roles, posts = {role.id for role in givable(by)}, list(user.posts.all())
    ours = all(post.role in roles and is_under(post.division_code, by.division_code) for post in posts)
    if not ours or (not posts and not may(by, Right.MANAGE_USERS)):
        raise PermissionDenied("这个人不归您管，或者还有您管不了的岗位。")
    return by


def may_manage(by: Actor | None, user: User) -> bool:
    try:
        check_manages(by, user)
    except PermissionDenied:
        return False
    return True


def users_for(by: Actor) -> QuerySet[User]:
    """Whoever has or had a post in the area of `by`; for the whole city those without one too."""
    here = Q(posts__division_code__startswith=by.prefix)
    if may(by, Right.MANAGE_USERS):
        here |= Q(posts=None)
    found = User.objects.filter(Q(pk__in=User.objects.filter(here).values("pk")))
    return found.order_by("-is_active", "name", "pk").prefetch_related("posts__deputy_of__user")


def running(posts: list[Post]) -> list[Post]:
    """Not ended yet, those that begin later included."""
    today = timezone.localdate()
    return [post for post in posts if post.until_date is None or post.until_date > today]
