using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Explaining;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>How long it really takes, beside what the law allows. Days are working days, rounded up.</summary>
/// <param name="Basis">From which dossiers: unit, siblings, everywhere, lastYear; none: not known yet; unavailable: could not be looked up now.</param>
/// <param name="Count">From how many.</param>
/// <param name="From">Whose results came from this day on.</param>
/// <param name="HalfWithinDays">Half of them were ready within so many days; of a filed dossier: from today on.</param>
/// <param name="MostWithinDays">Nine of ten.</param>
/// <param name="HalfBy">The day that this is; of a filed dossier only.</param>
/// <param name="MostBy">The same of nine of ten.</param>
/// <param name="WaitsForApplicant">The applicant has the move; his time counts on meanwhile.</param>
/// <param name="Limit">What the law allows.</param>
/// <param name="Steps">How long each step took; not of a filed dossier.</param>
/// <param name="Tried">Where was looked, in that order.</param>
internal sealed record ExpectedWaitView(
    string Basis, int Count, DateOnly? From, DateOnly? To, int? HalfWithinDays, int? MostWithinDays, DateOnly? HalfBy, DateOnly? MostBy, bool WaitsForApplicant,
    LimitView? Limit, TextView Words, IReadOnlyList<StepWaitView> Steps, IReadOnlyList<TriedBasis> Tried);

/// <param name="Step">check, assignment, processing, opinion, supplement, payment, signature or handOver.</param>
internal sealed record StepWaitView(string Step, long Count, int HalfWithinDays, int MostWithinDays)
{
    public static IReadOnlyList<StepWaitView> Of(IEnumerable<WaitRow> rows, int minutesPerDay) =>
    [
        .. rows.Where(r => r.Kind != StayKind.Whole).Select(r => new StepWaitView(
            StayKind.Name(r.Kind), r.Count, WorkingDays.Of(r.P50Minutes, minutesPerDay), WorkingDays.Of(r.P90Minutes, minutesPerDay))),
    ];
}

/// <summary>Minutes of working time in days, rounded up: a promise is kept early rather than late.</summary>
internal static class WorkingDays
{
    public static int Of(int minutes, int minutesPerDay) => Math.Max(1, (minutes + minutesPerDay - 1) / minutesPerDay);
}

/// <summary>The expectation in words.</summary>
internal static class ExpectedWaitWords
{
    public static Words Of(string basis, int? half, int? most, bool filed, bool applicants, Words? limit)
    {
        var (vi, en) = basis switch
        {
            WaitBasis.Unavailable => ("Hiện chưa tra cứu được thời gian dự kiến", "How long it will take cannot be looked up at the moment"),
            WaitBasis.None => filed
                ? ("Chưa dự kiến được thời gian: có quá ít hồ sơ tương tự lâu như hồ sơ này", "Not known yet: too few dossiers like this one took so long")
                : ("Chưa đủ số liệu để dự kiến thời gian", "Not known yet: there were too few dossiers"),
            _ => filed
                ? ($"Một nửa số hồ sơ như hồ sơ này có kết quả trong {half} ngày làm việc nữa, chín phần mười trong {most} ngày",
                    $"Half of the dossiers like this one are ready within {Days(half)} from now, nine of ten within {most}")
                : ($"Một nửa số hồ sơ có kết quả trong {half} ngày làm việc, chín phần mười trong {most} ngày",
                    $"Half are ready within {Days(half)}, nine of ten within {most}"),
        };
        if (applicants)
            (vi, en) = (vi + "; hồ sơ đang chờ người nộp, thời gian này vẫn được tính", en + "; it waits for the applicant now, and that time counts too");
        return limit is null ? new Words(vi + ".", en + ".") : new Words($"{vi}; theo quy định {limit.Vi}.", $"{en}; by law {limit.En}.");
    }

    private static string Days(int? days) => days == 1 ? "1 working day" : $"{days} working days";
}
