"""What a heading says about its column, in the words that tools and people write above them in three languages."""

from __future__ import annotations

import re
from functools import lru_cache

from documents.folding import fold_name

#: Names that no stage of a funnel has, and those that the first stage may have, too.
_TOTALS = (
    "total", "totals", "grand total", "grand totals", "sum", "sum total", "overall total", "subtotal", "sub total", "(total)",
    "total sum", "gesamt", "toplam",
    "جمع", "جمع کل", "مجموع", "مجموع کل", "سرجمع", "جمع نهایی", "حاصل جمع", "جمع جزء", "جمع‌کل", "جمع ستون",
    "المجموع", "المجموع الكلي", "الإجمالي", "الاجمالي", "إجمالي", "اجمالي", "الإجمالي الكلي", "مجموع كلي", "إجمالي كلي",
    "المجموع العام", "المجموع الفرعي", "المجموع النهائي",
)  # fmt: skip
_ALL = (
    "all", "overall", "(all)", "all users", "all sessions", "all visitors", "everyone", "everybody", "all devices", "all channels",
    "کل", "همه", "همه کاربران", "همهٔ کاربران", "کل کاربران", "همه دستگاه‌ها", "همه کانال‌ها",
    "الكل", "الجميع", "كل المستخدمين", "جميع المستخدمين", "كل الأجهزة", "جميع الأجهزة",
)  # fmt: skip

#: Words of a heading and what they weigh; those of Latin letters are whole words, the others may be parts of one.
_WORDS: dict[str, dict[str, float]] = {
    "time": {
        **dict.fromkeys(
            ("time", "timestamp", "date", "datetime", "when", "moment", "occurred", "at", "day", "ts"), 1.0
        ),
        **dict.fromkeys(("زمان", "تاریخ", "ساعت", "وقت", "روز", "یوم"), 1.0),
        **dict.fromkeys(
            ("received", "upload", "uploaded", "sent", "server", "client", "processed", "ingested", "loaded"), -0.6
        ),
        **dict.fromkeys(("updated", "modified", "birth", "birthday", "due", "expires", "last", "first", "close"), -0.6),
        **dict.fromkeys(("تولد", "ویرایش", "آخرین", "سررسید", "میلاد", "تحدیث"), -0.6),
    },
    "person": {
        **dict.fromkeys(
            ("user", "userid", "person", "people", "client", "customer", "visitor", "contact", "email"), 3.0
        ),
        **dict.fromkeys(
            ("mail", "phone", "mobile", "distinct", "anonymous", "pseudo", "member", "subscriber", "who"), 3.0
        ),
        **dict.fromkeys(
            ("lead", "student", "patient", "buyer", "visitorid", "clientid", "fullvisitorid", "msisdn"), 3.0
        ),
        **dict.fromkeys(("device", "deal", "opportunity", "account", "company", "cookie", "ticket"), 2.0),
        **dict.fromkeys(("session", "visit", "id", "code", "name"), 1.0),
        **dict.fromkeys(("کاربر", "شخص", "فرد", "مشتری", "بازدیدکننده", "نفر", "تماس", "موبایل", "تلفن", "همراه"), 3.0),
        **dict.fromkeys(("ایمیل", "سرنخ", "مخاطب", "عضو", "شماره ملی", "کد ملی", "خریدار"), 3.0),
        **dict.fromkeys(("مستخدم", "عمیل", "زائر", "هاتف", "جوال", "زبون", "مشترک", "البرید", "عضو"), 3.0),
        **dict.fromkeys(("معامله", "فرصت", "صفقه"), 2.0),
        **dict.fromkeys(("شناسه", "کد", "نام", "معرف", "رقم", "اسم"), 1.0),
        **dict.fromkeys(
            ("insert", "message", "messageid", "uuid", "row", "record", "log", "transaction", "invoice"), -4.0
        ),
        **dict.fromkeys(
            ("line", "index", "sequence", "seq", "hash", "event", "order", "insertid", "eventid", "bundle"), -4.0
        ),
        **dict.fromkeys(
            ("properties", "params", "browser", "city", "country", "os", "platform", "version", "url", "page"), -3.0
        ),
        **dict.fromkeys(
            ("type", "status", "stage", "step", "source", "medium", "campaign", "channel", "value", "amount"), -3.0
        ),
        **dict.fromkeys(("previous", "category", "action", "activity", "agent", "user agent", "plan", "owner"), -3.0),
        **dict.fromkeys(
            ("ردیف", "سطر", "رویداد", "سفارش", "فاکتور", "تراکنش", "شهر", "مرحله", "وضعیت", "منبع", "کانال"), -4.0
        ),
        **dict.fromkeys(
            ("حدث", "صف", "فاتوره", "الطلب", "طلبیه", "مدینه", "مرحلة", "حاله", "مصدر", "قناه", "کارشناس", "مسئول"),
            -4.0,
        ),
    },
    "event": {
        **dict.fromkeys(("event", "action", "activity", "step", "stage", "what", "status", "happened"), 3.0),
        **dict.fromkeys(("eventname", "eventtype"), 3.5),
        **dict.fromkeys(("name", "type", "to", "new"), 0.5),
        **dict.fromkeys(("رویداد", "مرحله", "گام", "اتفاق", "وضعیت", "فعالیت", "اقدام"), 3.0),
        **dict.fromkeys(("حدث", "اجراء", "إجراء", "مرحلة", "خطوه", "خطوة", "نشاط", "الحاله", "حاله"), 3.0),
        **dict.fromkeys(
            ("id", "uuid", "properties", "params", "value", "time", "timestamp", "date", "count", "version"), -4.0
        ),
        **dict.fromkeys(
            ("index", "sequence", "bundle", "server", "previous", "old", "from", "user", "customer", "client"), -3.0
        ),
        **dict.fromkeys(("شناسه", "کد", "قبلی", "شماره", "معرف", "رقم", "السابقه", "کاربر", "مشتری"), -3.0),
        **dict.fromkeys(("payment", "financial", "fulfillment", "category", "page", "url"), -1.0),
    },
    "rate": {
        **dict.fromkeys(
            ("rate", "share", "ratio", "percent", "percentage", "conversion", "pct", "cvr", "ctr", "%"), 1.0
        ),
        **dict.fromkeys(("نرخ", "درصد", "سهم", "نسبت", "معدل", "نسبه", "نسبة", "حصه", "٪", "%"), 1.0),
    },
    "count": {
        **dict.fromkeys(
            ("users", "people", "count", "visitors", "total", "active", "entered", "customers", "number"), 1.0
        ),
        **dict.fromkeys(("sessions", "leads", "persons", "contacts", "deals", "qty", "quantity", "n", "size"), 1.0),
        **dict.fromkeys(("تعداد", "نفر", "کاربران", "افراد", "عدد", "شمار", "مستخدمین", "الاشخاص"), 1.0),
        **dict.fromkeys(("abandonments", "abandoned", "dropped", "lost", "drop", "exits", "left", "dropoff"), -2.0),
        **dict.fromkeys(
            ("cost", "revenue", "amount", "value", "price", "spend", "avg", "average", "time", "seconds"), -2.0
        ),
        **dict.fromkeys(("ریزش", "افت", "هزینه", "مبلغ", "درآمد", "قیمت", "ارزش", "میانگین", "ردیف", "رتبه"), -2.0),
        **dict.fromkeys(("تکلفه", "ایراد", "مبلغ", "سعر", "قیمه", "متوسط", "الفاقد", "ترتیب", "تسرب"), -2.0),
        **dict.fromkeys(("rank", "order", "index", "row", "id", "#", "no"), -2.0),
    },
    "stage": {
        **dict.fromkeys(("stage", "step", "event", "status", "name", "funnel"), 1.0),
        **dict.fromkeys(("مرحله", "گام", "رویداد", "وضعیت", "نام", "مرحلة", "خطوه", "حاله", "اسم"), 1.0),
    },
}
_LATIN = {role: {fold_name(w): x for w, x in words.items() if w.isascii()} for role, words in _WORDS.items()}
_OTHER = {role: {fold_name(w): x for w, x in words.items() if not w.isascii()} for role, words in _WORDS.items()}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=4096)
def speaks(role: str, heading: str) -> float:
    """Return what a heading says for (above 0) or against a column being of a role: a key of the table above.

    >>> speaks("person", "$insert_id") < 0 < speaks("person", "distinct_id"), speaks("time", "eventTime") > 0
    (True, True)
    >>> speaks("person", "شناسه رویداد") < 0 < speaks("person", "شماره تماس")
    True
    """
    if len(heading) > 200:
        heading = heading[:200]
    words = re.split(r"[^\w%#]+|_", fold_name(_CAMEL.sub(" ", heading)))
    found = [_LATIN[role][word] for word in words if word in _LATIN[role]]
    folded = fold_name(heading)
    if not folded.isascii():
        found += [weight for word, weight in _OTHER[role].items() if word in folded]
    if not found:
        return 0.0
    low, high = min(found), max(found)
    # A word against a column outweighs one for it, unless that one is strong: "event_user_id" is nobody's row.
    return high + min(0.0, low) / (2 if high >= 3 and role == "person" and low > -4 else 1) if low < 0 else high


@lru_cache(maxsize=4096)
def is_total(name: str, surely: bool = False) -> bool:
    """Say whether a name is that of a total: of a row, or of the value of a breakdown that holds everybody.

    With `surely`, only names that no stage has: a funnel may begin with "All users".

    >>> is_total("Grand Total"), is_total("جمع کل"), is_total("Total visits"), is_total("All users", surely=True)
    (True, True, False, False)
    """
    folded = fold_name(name).strip(" :.*-–—()[]=")
    return folded in _SURE_NAMES or (not surely and folded in _TOTAL_NAMES)


def says_total(name: str) -> bool:
    """Say whether a name speaks of a total: "Total visits", which is a total if it is the sum of the others, "All users".

    >>> says_total("Total visits"), says_total("جمع مراحل"), says_total("Visits")
    (True, True, False)
    """
    words = re.split(r"[\W_]+", fold_name(name))
    return is_total(name) or any(word in _TOTAL_WORDS for word in words)


_SURE_NAMES = frozenset(map(fold_name, _TOTALS))
_TOTAL_NAMES = _SURE_NAMES | frozenset(map(fold_name, _ALL))
_TOTAL_WORDS = frozenset(word for name in _SURE_NAMES for word in name.split()) - {"all"}
