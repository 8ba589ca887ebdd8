"""A paper that is to be issued, its way there, and the indicators that a county plan sets itself."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """Name, kind, unit and legal basis stand in the pack under `key`."""

    class State(models.TextChoices):
        PLANNED = "planned", "还没起草"
        DRAFTING = "drafting", "起草"
        CONSULTING = "consulting", "征求意见"
        REVIEWING = "reviewing", "审查"
        ISSUED = "issued", "印发"
        IN_FORCE = "in_force", "施行"

    key = models.SlugField("编号", max_length=40, unique=True)
    place_code = models.CharField("地方", max_length=12, db_index=True)
    state = models.CharField("走到哪一步", max_length=12, choices=State, default=State.PLANNED)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_date = models.DateField("印发日", null=True)
    in_force_date = models.DateField("施行日", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["issued", "in_force"])
                | (models.Q(issued_date__isnull=False) & ~models.Q(number="")),
                name="issued_with_number_and_day",
            )
        ]

    class Privacy:
        fields = dict.fromkeys(("key", "place_code", "state", "number", "issued_date", "in_force_date"), "public")

    def __str__(self) -> str:
        return self.key


class DocumentStep(models.Model):
    """From one state to the next, or back, with words. Append-only."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps", verbose_name="文件")
    from_state = models.CharField("从", max_length=12, choices=Document.State)
    to_state = models.CharField("到", max_length=12, choices=Document.State)
    on_date = models.DateField("哪一天")
    words = models.CharField("说明", max_length=200)
    by_user_id = models.BigIntegerField("用户")
    by_label = models.CharField("谁记的", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    class Privacy:
        fields = dict.fromkeys(("document", "from_state", "to_state", "on_date", "words"), "public")
        fields |= {"by_user_id": "staff", "by_label": "staff", "at": "officers"}

    def __str__(self) -> str:
        return f"{self.document_id} {self.to_state}"


class OwnIndicator(models.Model):
    """An indicator that the document sets itself. A value that nobody knows is NULL."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="indicators", verbose_name="文件")
    name = models.CharField("指标", max_length=60)
    unit = models.CharField("单位", max_length=10)
    target = models.DecimalField("目标", max_digits=12, decimal_places=2, null=True)
    value = models.DecimalField("现在", max_digits=12, decimal_places=2, null=True)
    value_date = models.DateField("哪天的数", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "name"], name="a_document_names_an_indicator_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value_date__isnull=False), name="a_value_has_a_day"
            ),
        ]

    class Privacy:
        fields = dict.fromkeys(("document", "name", "unit", "target", "value", "value_date"), "public")

    def __str__(self) -> str:
        return f"{self.document_id} {self.name}"
