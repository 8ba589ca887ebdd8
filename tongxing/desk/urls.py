from django.urls import path

from tongxing.desk import feeds, frame, gaps, journal, people, policies, questions, simulate, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("home/", frame.home, name="home"),
    path("gaps/", gaps.gap_lists, name="gaps"),
    path("gaps/export/", gaps.export, name="gaps-export"),
    path("questions/", questions.open_questions, name="questions"),
    path("people/", people.find, name="people"),
    path("people/<int:person_id>/", people.show, name="person"),
    path("people/<int:person_id>/file/", people.show, {"tab": "file"}, name="person-file"),
    path("people/<int:person_id>/family/", people.show, {"tab": "family"}, name="person-family"),
    path("people/<int:person_id>/looks/", people.show, {"tab": "looks"}, name="person-looks"),
    path("people/<int:person_id>/answer/", people.answer, name="person-answer"),
    path("people/<int:person_id>/decline/", people.say_no, name="person-decline"),
    path("people/<int:person_id>/unmask/", people.unmask, name="person-unmask"),
    path("policies/", policies.all_policies, name="policies"),
    path("policies/<slug:policy_id>/", policies.one_policy, name="policy"),
    path("simulate/", simulate.what_if, name="simulate"),
    path("feeds/", feeds.all_feeds, name="feeds"),
    path("feeds/<slug:feed_id>/template/", feeds.template, name="feed-template"),
    path("feeds/<slug:feed_id>/upload/", feeds.upload, name="feed-upload"),
    path("feeds/batches/<int:batch_id>/", feeds.batch, name="batch"),
    path("feeds/batches/<int:batch_id>/commit/", feeds.commit, name="batch-commit"),
    path("feeds/batches/<int:batch_id>/roll-back/", feeds.roll_back, name="batch-roll-back"),
    path("feeds/batches/<int:batch_id>/discard/", feeds.discard, name="batch-discard"),
    path("feeds/batches/<int:batch_id>/errors/", feeds.error_file, name="batch-errors"),
    path("journal/", journal.entries, name="journal"),
]
