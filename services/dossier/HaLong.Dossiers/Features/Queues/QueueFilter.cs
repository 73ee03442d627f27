using System.Globalization;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>What the query of a request asks for, as it was written.</summary>
internal sealed record QueueParameters
{
    public string? Queue { get; init; }
    public string? Procedure { get; init; }
    public string? Field { get; init; }
    public string? Officer { get; init; }
    public string? Status { get; init; }
    public string? Channel { get; init; }
    public string? FiledFrom { get; init; }
    public string? FiledTo { get; init; }
    public string? DueBefore { get; init; }
    public string? Sort { get; init; }
    public string? Search { get; init; }
    public string? After { get; init; }
    public int? Limit { get; init; }
}

/// <summary>What narrows a queue, checked.</summary>
/// <param name="Queue">One of <see cref="QueueKinds.All"/>.</param>
/// <param name="Sort">One of <see cref="QueueSorts"/>.</param>
internal sealed record QueueFilter(string Queue, string Sort)
{
    private static readonly string[] Channels = ["online", "counter", "assisted"];

    public string? Procedure { get; private init; }
    public string? Field { get; private init; }
    public Guid? Officer { get; private init; }
    public string? Status { get; private init; }
    public string? Channel { get; private init; }
    public DateTimeOffset? FiledFrom { get; private init; }
    public DateTimeOffset? FiledBefore { get; private init; }
    public DateTimeOffset? DueBefore { get; private init; }

    /// <summary>Reads a request; everything wrong with it is told at once.</summary>
    public static Result<QueueFilter> Read(QueueParameters p)
    {
        Error? error = null;
        var queue = p.Queue ?? QueueKinds.Unit;
        OneOf("queue", p.Queue, QueueKinds.All);
        OneOf("status", p.Status, DossierStatus.Open);
        OneOf("channel", p.Channel, Channels);
        OneOf("sort", p.Sort, [QueueSorts.Due, QueueSorts.Filed]);
        if (p.Procedure is not null && !ProcedureCatalogue.IsCode(p.Procedure))
            Wrong("procedure", "Mã thủ tục không hợp lệ.", "This cannot be the code of a procedure.");
        Guid? officer = null;
        if (p.Officer is not null && Guid.TryParse(p.Officer, out var id))
            officer = id;
        else if (p.Officer is not null)
            Wrong("officer", "Mã tài khoản cán bộ không hợp lệ.", "This is no account id.");
        if (p.Search is not null)
            Wrong("search", "Tên và số không được nằm trong địa chỉ; hãy tìm bằng POST /api/v1/inbox/search.", "Names and numbers do not belong into addresses: search by POST /api/v1/inbox/search.");
        var (from, to, due) = (Day("filedFrom", p.FiledFrom), Day("filedTo", p.FiledTo), Day("dueBefore", p.DueBefore));
        if (from > to)
            Wrong("filedTo", "Phải từ ngày “filedFrom” trở đi.", "Must not be before “filedFrom”.");
        if (error is not null)
            return error;
        return new QueueFilter(queue, p.Sort ?? QueueKinds.SortOf(queue))
        {
            Procedure = p.Procedure,
            Field = p.Field,
            Officer = officer,
            Status = p.Status,
            Channel = p.Channel,
            FiledFrom = Midnight(from),
            FiledBefore = Midnight(to?.AddDays(1)),
            DueBefore = Midnight(due),
        };

        void Wrong(string field, string vi, string en) => error = (error ?? QueueErrors.Invalid).WithField(field, vi, en);

        void OneOf(string field, string? value, IReadOnlyList<string> values)
        {
            if (value is not null && !values.Contains(value))
                Wrong(field, $"Một trong: {string.Join(", ", values)}.", $"One of: {string.Join(", ", values)}.");
        }

        DateOnly? Day(string field, string? value)
        {
            if (value is null)
                return null;
            if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9999)
                return day;
            Wrong(field, "Ngày có dạng yyyy-MM-dd.", "A day is written yyyy-MM-dd.");
            return null;
        }
    }

    /// <summary>The rows that fit.</summary>
    public IQueryable<Dossier> Narrow(IQueryable<Dossier> rows)
    {
        if (Procedure is { } procedure)
            rows = rows.Where(d => d.ProcedureCode == procedure);
        if (Officer is { } officer)
            rows = rows.Where(d => d.OfficerId == officer);
        if (Status is { } status)
            rows = rows.Where(d => d.Status == status);
        if (Channel is { } channel)
            rows = rows.Where(d => d.Channel == channel);
        if (FiledFrom is { } from)
            rows = rows.Where(d => d.SubmittedAt >= from);
        if (FiledBefore is { } before)
            rows = rows.Where(d => d.SubmittedAt < before);
        if (DueBefore is { } due)
            rows = rows.Where(d => d.DueOrder < due);
        return rows;
    }

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } known ? LocalTime.Instant(known, TimeOnly.MinValue) : null;
}
