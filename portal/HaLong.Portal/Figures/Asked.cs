using System.Globalization;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>A unit that figures can be of.</summary>
public sealed record UnitName(string Code, string NameVi, string NameEn);

/// <summary>Whose figures of when, with what can be chosen.</summary>
/// <param name="Unit">Null: all that the visitor sees.</param>
/// <param name="Period">2026-03, 2026-Q1 or 2026; null: the present one.</param>
/// <param name="Units">To choose from; empty where they could not be read.</param>
/// <param name="Today">Periods end with it.</param>
/// <param name="IsTyped">The units could not be read: a code can be typed.</param>
public sealed record Asked(string? Unit, string? Period, IReadOnlyList<UnitName> Units, DateOnly Today, bool IsTyped = false)
{
    private const int Months = 15, Quarters = 8, Years = 4;

    /// <summary>The same question elsewhere, with more to it.</summary>
    public string Link(string path, params (string Name, string? Value)[] more) => Query.Of(path, [("unit", Unit), ("period", Period), .. more]);

    public string UnitLabel => Unit is null ? Text.Bilingual("Tất cả đơn vị bạn xem được", "All units that you see") : NameOf(Unit);

    public string PeriodLabel => Period is null ? Text.Bilingual("Kỳ hiện tại", "The present period") : InWords(Period);

    public string NameOf(string code) => Units.FirstOrDefault(u => u.Code == code) is { } unit ? Text.Bilingual(unit.NameVi, unit.NameEn) : code;

    /// <summary>The present period first.</summary>
    /// <param name="withMonths">Evaluations have none.</param>
    public IReadOnlyList<(string Value, string Words)> Periods(bool withMonths)
    {
        var quarter = new DateOnly(Today.Year, ((Today.Month - 1) / 3 * 3) + 1, 1);
        var names = (withMonths ? Enumerable.Range(0, Months).Select(m => MonthOf(Today.AddMonths(-m))) : [])
            .Concat(Enumerable.Range(0, Quarters).Select(q => QuarterOf(quarter.AddMonths(-3 * q))))
            .Concat(Enumerable.Range(0, Years).Select(y => YearOf(Today.AddYears(-y)))).ToList();
        if (Period is { Length: > 0 } chosen && !names.Contains(chosen))
            names.Insert(0, chosen);
        return names.ConvertAll(n => (n, InWords(n)));
    }

    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>As people say it; what is no period stays as it is.</summary>
    public static string InWords(string period) => period switch
    {
        { Length: 4 } => Text.Bilingual($"Năm {period}", period),
        { Length: 7 } when period[5] == 'Q' => Text.Bilingual($"Quý {period[6]}/{period[..4]}", $"{period[..4]}, quarter {period[6]}"),
        { Length: 7 } => Text.Bilingual($"Tháng {period[5..]}/{period[..4]}", period),
        _ => period,
    };

    private static string QuarterOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-Q{((day.Month - 1) / 3) + 1}");

    private static string YearOf(DateOnly day) => day.ToString("yyyy", CultureInfo.InvariantCulture);

    /// <summary>Those below the visitor's unit; for who sees all, the communes. Without the directory the code can still be typed.</summary>
    internal static async Task<Asked> ReadAsync(string? unit, string? period, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var seesAll = context.User.IsInRole(Roles.Auditor) || context.User.IsInRole(Roles.Administrator);
        var own = seesAll ? null : context.User.FindFirst("unit")?.Value;
        var units = await api.GetAsync<Listed<UnitName>>(Query.Of("units?limit=100", ("parent", own)), ct);
        return new Asked(Said(unit), Said(period), units.Value?.Items ?? [], LocalTime.Date(time.GetUtcNow()), !units.IsSuccess);
    }

    private static string? Said(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
