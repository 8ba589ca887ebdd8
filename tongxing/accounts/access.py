"""Who asks, and what may be opened. Denied unless declared.

Every view carries one of two marks: `@needs(Right…)` or `@open_to_all`. `refuse_undeclared` walks the URLs and stops
the server if one has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from tongxing.accounts.models import Post, User
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.content.pack import Role
from tongxing.lib.divisions import subtree_prefix

View = Callable[..., HttpResponse]
NOT_FOR_DEPUTIES = frozenset({Right.MANAGE_USERS, Right.MANAGE_LOCAL_USERS})  # for a queue, not for people
WAS_KEY = "was"  # in the session of a visitor: the user whose session ended by itself in this browser
POST_KEY = "post"  # in the session: the post in which somebody with several acts


@dataclass(frozen=True)
class Actor:
    """A signed-in user in one post: role × division × purpose. `people` names the row filter of the purpose.

    A resident holds no post: `people` is then "own", and `own` is whom they act for (residents/access.py).
    `held_back` says why they may only read for now. `named` are protected people whose place an officer may know.
    """

    user_id: int
    name: str
    role: str
    role_name: str
    department: str | None
    division_code: str
    purpose: str
    people: str
    rights: frozenset[Right] = field(default_factory=frozenset)
    own: frozenset[int] = field(default_factory=frozenset)
    held_back: str = ""
    named: frozenset[int] = field(default_factory=frozenset)

    @property
    def prefix(self) -> str:
        """What every division code of the actor's area starts with."""
        return subtree_prefix(self.division_code)

    @property
    def label(self) -> str:
        return f"{self.name} · {self.role_name}"[:80]  # as much as the journal and a case keep


def may(actor: Actor | None, right: Right) -> bool:
    return actor is not None and right in actor.rights


def check_may(actor: Actor | None, right: Right, *others: Right) -> None:
    """Raises PermissionDenied with the words of the right, unless the actor has it or one of the others."""
    if not any(may(actor, each) for each in (right, *others)):
        raise PermissionDenied(f"这个账号不能{right.label}。")


class AskFirst(PermissionDenied):
    """Nothing is changed before somebody agreed to a text; the page that asks stands in place of this one."""


def check_free(actor: Actor) -> None:
    if actor.held_back:
        raise AskFirst(actor.held_back)


def actor_of(post: Post) -> Actor:
    """Rights come from the pack at each request, so a changed role acts at once (S5)."""
    role = pack(settings.PACK).roles[post.role]
    purposes = pack(settings.PACK).purposes
    purpose = purposes.get(role.purposes[0]) if role.purposes else None
    return Actor(
        user_id=post.user_id,
        name=name_in(post),
        role=role.id,
        role_name=unit_name(role, post.division_code),
        department=role.department,
        division_code=post.division_code,
        purpose=purpose.id if purpose else "",
        people=purpose.people if purpose else "none",
        rights=frozenset(Right(right) for right in role.rights) - (NOT_FOR_DEPUTIES if post.deputy_of else frozenset()),
    )


def name_in(post: Post) -> str:
    """A deputy acts with both names, so both stand in the journal and on every step of a case (D19)."""
    return f"{post.user.name}（代{post.deputy_of.user.name}）" if post.deputy_of else post.user.name


def unit_name(role: Role, division_code: str) -> str:
    """甲县残联 for a role of a department in a division, else the name of the role."""
    city = pack(settings.PACK)
    place = next((division.name for division in city.divisions if division.code == division_code), "")
    department = city.departments.get(role.department or "")
    if department is None or not place:
        return role.name
    pattern = department.city if role.level == "city" else department.county
    return pattern.format(place=place)


def office_name(owner: str, division_code: str) -> str:
    """甲县残联 for the department called 残联 and anything in its county; 税务部门 where no such office works here."""
    city = pack(settings.PACK)
    county = f"{division_code[:6]}000000"
    place = next((division.name for division in city.divisions if division.code == county), "")
    found = next((each for each in city.departments.values() if each.name == owner), None)
    return found.county.format(place=place) if found and place else f"{owner}部门"


def current_posts(user: User, today: date) -> list[Post]:
    """One's own, the newest first, then those one deputises in; a deputy of an ended post acts no more."""
    posts = (  # each knows its user already; whom one deputises for is asked only where somebody does
        user.posts.filter(from_date__lte=today).prefetch_related("deputy_of__user").order_by("-from_date", "-id")
    )
    held = [post for post in posts if _runs(post, today) and (post.deputy_of is None or _runs(post.deputy_of, today))]
    return sorted(held, key=lambda post: post.deputy_of is not None)


def _runs(post: Post, today: date) -> bool:
    return post.until_date is None or post.until_date > today


def current_actor(user: User, today: date, post_id: int | None = None) -> Actor | None:
    """In the post that was chosen, if it still runs, else in the first."""
    posts = current_posts(user, today) if user.is_active else []
    post = next((post for post in posts if post.pk == post_id), posts[0] if posts else None)
    return actor_of(post) if post else None


def actor_as(user_id: int, label: str, today: date) -> Actor | None:
    """Somebody in the post that they had when they did something, with the rights of today; None if they left it."""
    users = User.objects.filter(pk=user_id, is_active=True)
    actors = [actor_of(post) for user in users for post in current_posts(user, today)]
    return next((actor for actor in actors if actor.label == label), None)


class ActorMiddleware:
    """Puts `request.actor` on each request: an Actor, or None for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user, chosen = request.user, request.session.get(POST_KEY)
        actor = current_actor(user, date.today(), chosen) if user.is_authenticated else None
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)


def needs(*rights: Right) -> Callable[[View], View]:
    """The view is open to actors with all of these rights. A visitor is sent to sign in, others get 403.

    One's own affairs are the face of residents: there `request.resident` asks, anywhere else `request.actor`.
    """
    own = Right.OWN_AFFAIRS in rights

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor | None = getattr(request, "resident" if own else "actor", None)
            if actor is None and not request.user.is_authenticated:
                return _sign_in(request, own)
            if not own and getattr(request, "actor", None) is None and getattr(request, "resident", None):
                raise PermissionDenied("这一页是工作人员用的。")
            for right in rights:
                check_may(actor, right)
            return view(request, *args, **kwargs)

        guarded.access = rights  # type: ignore[attr-defined]
        return guarded

    return mark


def _sign_in(request: HttpRequest, own: bool) -> HttpResponse:
    """A form that came too late is carried along, so that nothing typed is lost (A16); an officer's only where it is
    known whose session ended, for it goes back to nobody else."""
    signing_in = reverse(settings.RESIDENT_LOGIN_URL if own else settings.LOGIN_URL)
    if request.method == "POST" and (own or WAS_KEY in request.session):
        answer: HttpResponse = resolve(signing_in).func(request)
        answer.status_code = 401
        return answer
    return redirect_to_login(request.get_full_path(), signing_in)


def fresh(minutes: int = 5) -> Callable[[View], View]:
    """Only for whoever proved within these minutes who they are; others prove it first, and lose nothing (S16).

    Stands under `@needs`, so that nobody proves anything for a page that they may not open.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_fresh(request, minutes):
                return view(request, *args, **kwargs)
            is_officer = getattr(request, "actor", None) is not None
            asking = settings.CONFIRM_URL if is_officer else settings.RESIDENT_CONFIRM_URL
            answer: HttpResponse = resolve(reverse(asking)).func(request)
            return answer

        guarded.fresh = minutes  # type: ignore[attr-defined]
        return guarded

    return mark


def is_fresh(request: HttpRequest, minutes: int) -> bool:
    signed_in = getattr(request, "signed_in", None)
    return signed_in is not None and timezone.now() - signed_in.fresh_at < timedelta(minutes=minutes)


def open_to_all(view: View) -> View:
    view.access = ()  # type: ignore[attr-defined]
    return view


def declared_urls(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL of the site with its pattern, nested ones included."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from declared_urls(pattern.url_patterns, route)
        else:
            yield route, pattern


def refuse_undeclared() -> None:
    """Raises ImproperlyConfigured naming each URL without a declared permission (S1)."""
    missing = [route for route, pattern in declared_urls() if not hasattr(pattern.callback, "access")]
    if missing:
        raise ImproperlyConfigured("这些网址没有写明谁能看，服务不启动：" + "、".join(missing))
