"""The wire models of the site lexicon, version 1."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.offsets import OffsetUnit
from app.schemas import FindingModel, findings_of
from app.site.entry import Kept, Kind, Level, Match, Signature, SiteEntry, id_of, number_of
from app.site_trial import Proposal, Trial
from app.store.records import Change, Item
from app.wire import PublishedOn, SiteVersion, Text, Unit, WireModel
from detectors.kernel.finding import Category

EXAMPLE = {
    "kind": "replace",
    "text": "市政数局",
    "uses": ["市政务服务数据管理局"],
    "reason": "本市机构的规范简称尚未公布，发文一律用全称。",
    "unit": "市政府办公室",
}
Author = Annotated[str, Field(description="改动人，记入变更记录。", examples=["赵小明"])]
Note = Annotated[
    str, Field(description="改动的缘由，至多 200 字，记入变更记录；可空。", examples=["文件已修订"])
]
EntryId = Annotated[str, Field(description="条目编号，如 S00001。", pattern=r"^S\d{5,9}$")]


class EntryDraft(WireModel):
    """An entry as an editor writes it."""

    kind: Annotated[Kind, Field(description="forbid 禁用，replace 改用，allow 允许，switch 调整规则。")]
    text: Annotated[Text, Field(description="词语；调整规则时为规则编号。")]
    reason: Annotated[Text, Field(description="理由，作为标注的说明。")]
    unit: Annotated[Text, Field(description="提出单位，作为标注的依据。")]
    uses: Annotated[
        list[Text], Field(default_factory=list, description="改为什么，最好的在前；只用于 replace。")
    ]
    category: Annotated[Category | None, Field(description="作为哪一类问题；默认禁用为 sensitive。")] = None
    level: Annotated[Level | None, Field(description="级别；调整规则时为调低到的级别，off 停用。")] = None
    scope: Annotated[
        list[Text], Field(default_factory=list, description="允许的范围：规则编号或类别；空为全部。")
    ]
    match: Annotated[Match, Field(description="auto 短词须为整词，word 整词，anywhere 任意位置。")] = (
        Match.AUTO
    )
    expires_on: Annotated[PublishedOn, Field(description="最后有效的一天；空为长期。")] = None

    def entry(self) -> SiteEntry:
        """Read the entry, without judging it."""
        return SiteEntry(
            kind=self.kind,
            text=self.text,
            reason=self.reason,
            unit=self.unit,
            uses=tuple(self.uses),
            category=self.category,
            level=self.level,
            scope=tuple(self.scope),
            match=self.match,
            expires_on=self.expires_on,
        )

    @classmethod
    def of(cls, entry: SiteEntry) -> EntryDraft:
        """Show an entry."""
        return cls(
            kind=entry.kind,
            text=entry.text,
            reason=entry.reason,
            unit=entry.unit,
            uses=list(entry.uses),
            category=entry.category,
            level=entry.level,
            scope=list(entry.scope),
            match=entry.match,
            expires_on=entry.expires_on,
        )


class SignatureModel(WireModel):
    """Who answers for a change, and why it is made."""

    author: Author
    note: Note = ""

    def signature(self, key_name: str) -> Signature:
        """Read the signature, without judging it; beside it goes what key it came with."""
        return Signature(self.author, self.note, key_name)


class SignedDraft(SignatureModel):
    """An entry and who answers for it."""

    entry: Annotated[EntryDraft, Field(examples=[EXAMPLE])]


class EntryModel(WireModel):
    """An entry as it is kept."""

    id: str
    version: Annotated[int, Field(description="最后一次改动它的变更号；也是它的 ETag。")]
    changed_on: str
    author: str
    retired: bool
    entry: EntryDraft

    @classmethod
    def of(cls, kept: Kept) -> EntryModel:
        """Show an entry."""
        return cls(
            id=kept.id,
            version=kept.change,
            changed_on=kept.changed_on,
            author=kept.author,
            retired=kept.retired,
            entry=EntryDraft.of(kept.entry),
        )


class EntryPage(WireModel):
    """One page of a list of entries."""

    site_lexicon_version: SiteVersion
    total: Annotated[int, Field(description="符合条件的条目总数。")]
    entries: list[EntryModel]


class FirstEntry(WireModel):
    """An entry by its name only."""

    id: str
    text: str


class ChangeModel(WireModel):
    """One line of the log."""

    number: int
    author: str
    at: Annotated[str, Field(description="UTC 时间，ISO 8601。")]
    action: Annotated[str, Field(description="add、change、retire、import 或 undo。")]
    undoes: Annotated[int | None, Field(description="撤销的是哪一号变更。")]
    entries: Annotated[int, Field(description="涉及的条目数。")]
    note: Annotated[str, Field(description="改动的缘由，没有写的为空。")]
    key_name: Annotated[str, Field(description="所用密钥的名称；没有密钥的服务为空。")]
    first: Annotated[FirstEntry, Field(description="所涉的第一个条目，供列表显示。")]

    @classmethod
    def of(cls, change: Change) -> ChangeModel:
        """Show a line of the log."""
        return cls(
            number=change.number,
            author=change.author,
            at=change.at,
            action=change.action,
            undoes=change.undoes,
            entries=change.entries,
            note=change.note,
            key_name=change.key_name,
            first=FirstEntry(id=id_of(change.first[0]), text=change.first[1]),
        )


class StateModel(WireModel):
    """An entry at one version."""

    entry: EntryDraft
    retired: bool


class ItemModel(WireModel):
    """What happened to one entry."""

    id: str
    before: StateModel | None
    after: StateModel

    @classmethod
    def of(cls, item: Item) -> ItemModel:
        """Show what happened to an entry."""
        before = item.before and StateModel(entry=EntryDraft.of(item.before[0]), retired=item.before[1])
        after = StateModel(entry=EntryDraft.of(item.after[0]), retired=item.after[1])
        return cls(id=id_of(item.number), before=before, after=after)


class ChangeDetail(WireModel):
    """A change with what it did to some of its entries."""

    change: ChangeModel
    items: list[ItemModel]


class Difference(WireModel):
    """What differs between two versions."""

    first: int
    last: int
    total: Annotated[int, Field(description="不同的条目总数；items 只列前面的。")]
    items: list[ItemModel]


class Imported(WireModel):
    """What an import did."""

    site_lexicon_version: SiteVersion
    changed: Annotated[int, Field(description="新增、改动和停用的条目数；0 表示词库原已如此。")]


class DryRunRequest(WireModel):
    """Changes that are tried against texts before they count."""

    texts: Annotated[list[Text], Field(min_length=1, max_length=20, description="试查的文本。")]
    add: Annotated[
        list[EntryDraft],
        Field(
            default_factory=list,
            max_length=100,
            description="拟新增的条目；在结果中依次以 S900000000 起的编号出现。",
        ),
    ]
    change: Annotated[
        dict[EntryId, EntryDraft], Field(default_factory=dict, max_length=100, description="拟改动的条目。")
    ]
    retire: Annotated[
        list[EntryId], Field(default_factory=list, max_length=100, description="拟停止使用的条目。")
    ]
    published_on: PublishedOn = None
    offset_unit: Unit = OffsetUnit.CODEPOINT

    @property
    def proposal(self) -> Proposal:
        """Read what is tried, without judging it."""
        return Proposal(
            add=[draft.entry() for draft in self.add],
            change={number_of(name) or 0: draft.entry() for name, draft in self.change.items()},
            retire=[number_of(name) or 0 for name in self.retire],
        )


class TrialModel(WireModel):
    """What the changes would do to one text."""

    appearing: Annotated[list[FindingModel], Field(description="将新增的标注。")]
    disappearing: Annotated[list[FindingModel], Field(description="将消失的标注。")]

    @classmethod
    def of(cls, trial: Trial, unit: OffsetUnit) -> TrialModel:
        """Show a trial."""
        return cls(
            appearing=findings_of(trial.appearing, unit), disappearing=findings_of(trial.disappearing, unit)
        )


class DryRunResponse(WireModel):
    """What the changes would do to the texts, in their order."""

    lexicon_version: str
    site_lexicon_version: SiteVersion
    offset_unit: OffsetUnit
    texts: list[TrialModel]
