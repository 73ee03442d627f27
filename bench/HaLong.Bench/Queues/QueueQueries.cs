namespace HaLong.Bench.Queues;

/// <summary>What is asked, by the name under which it is measured.</summary>
internal static class QueueQueries
{
    public static readonly IReadOnlyList<(string Name, string Path)> Lists =
    [
        ("unit", "/api/v1/inbox?queue=unit"),
        ("unit_by_due", "/api/v1/inbox?queue=unit&sort=due"),
        ("mine", "/api/v1/inbox?queue=mine"),
        ("mine_by_due", "/api/v1/inbox?queue=mine&sort=due"),
        ("unassigned", "/api/v1/inbox?queue=unassigned"),
        ("expiring", "/api/v1/inbox?queue=expiring"),
        ("overdue", "/api/v1/inbox?queue=overdue"),
        ("applicant", "/api/v1/inbox?queue=applicant"),
        ("payment", "/api/v1/inbox?queue=payment"),
        ("agency", "/api/v1/inbox?queue=agency"),
        ("reception", "/api/v1/inbox?queue=reception"),
        ("handover", "/api/v1/inbox?queue=handover"),
        ("filtered_field_status_channel", "/api/v1/inbox?queue=unit&field=LAND&status=PROCESSING&channel=online"),
        ("filtered_rare_period", "/api/v1/inbox?queue=unit&filedFrom=2025-01-01&filedTo=2025-01-31&sort=due"),
    ];

    /// <summary>Searches: the part of a code is its date part, so that the same words fit every city.</summary>
    public static readonly IReadOnlyList<(string Name, string[] Texts)> Searches =
    [
        ("search_code_prefix", ["000.00.01.H49-26", "000.00.01.H49-2511", "000.00.01.H49-240"]),
        ("search_name", ["Nguyễn Văn An", "tran thi thu trang", "Phạm Quỳnh", "le duc khanh", "Vũ Hải Yến"]),
        ("search_name_common", ["nguyen", "nguyen thi", "nguyễn văn"]),
        ("search_name_typo", ["ngyuen thi hnah", "trann van quan", "hoangg thi thu huyenn"]),
        ("search_name_unknown", ["Oppenheimer", "Xyzzy Plugh"]),
    ];
}
