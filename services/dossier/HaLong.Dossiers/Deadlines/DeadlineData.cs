using System.Text.Json;
using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Deadlines;

/// <summary>The rules and the calendar that the service carries (folder Data), or a rules file of the city.</summary>
internal static class DeadlineData
{
    /// <summary>The rules by day of receipt: of the file, else the platform's own.</summary>
    /// <exception cref="InvalidOperationException">The file is not there or says something impossible.</exception>
    public static RuleBook Rules(string? file)
    {
        try
        {
            var items = string.IsNullOrEmpty(file)
                ? DataFiles.ReadArray("deadline-rules.json", "items")
                : JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("items").EnumerateArray();
            var rules = items.Select(item => item.Deserialize<RuleItem>(DataFiles.Json)!.Read()).ToList();
            return rules.Count > 0 ? new RuleBook(rules) : throw new JsonException("There are no rules.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or KeyNotFoundException)
        {
            throw new InvalidOperationException($"Deadlines:RulesFile ({file}): {e.Message}", e);
        }
    }

    /// <summary>The rows of Data/holidays.json, by which <c>migrate</c> fills the calendar.</summary>
    public static IReadOnlyList<HolidayItem> Holidays() =>
        [.. DataFiles.ReadArray("holidays.json", "items").Select(item => item.Deserialize<HolidayItem>(DataFiles.Json)!)];

    /// <summary>The calendar of Data/holidays.json, as it is before an administrator changes anything.</summary>
    public static WorkCalendar Calendar()
    {
        var items = Holidays();
        return new WorkCalendar(0, items.Select(i => i.Row), items.GroupBy(i => i.Date.Year).ToDictionary(y => y.Key, y => !y.Any(i => i.Draft)));
    }

    private sealed record RuleItem(
        string Regime, DateOnly ValidFrom, WorkWindow[] WorkWindows, TimeOnly SameDayCutoff, decimal HoursPerHalfDay, string LateAgainst,
        int MaxExtensions, int ExtensionLeadDays, int SupplementRequestDays, string[]? Sources, RuleAssumption[]? Assumptions)
    {
        public DeadlineRules Read() => new()
        {
            Regime = Regime,
            ValidFrom = ValidFrom,
            Hours = new WorkingHours(WorkWindows),
            SameDayCutoff = SameDayCutoff,
            HoursPerHalfDay = HoursPerHalfDay,
            LateAgainstOriginal = LateAgainst switch
            {
                "original" => true,
                "appointment" => false,
                _ => throw new JsonException("lateAgainst is “original” or “appointment”."),
            },
            MaxExtensions = MaxExtensions,
            ExtensionLeadDays = ExtensionLeadDays,
            SupplementRequestDays = SupplementRequestDays,
            Sources = Sources ?? [],
            Assumptions = Assumptions ?? [],
        };
    }
}

/// <summary>A row of Data/holidays.json.</summary>
/// <param name="Basis">statute, notice, publicRecord, reported or draft.</param>
internal sealed record HolidayItem(
    DateOnly Date, string Kind, string NameVi, string NameEn, bool Confirmed, string Basis, bool Draft, string? LegalBasis, string? Note)
{
    public SpecialDay Row => new(Date, DayKinds.Parse(Kind)!.Value, NameVi, NameEn, LegalBasis ?? Basis, Confirmed);
}

/// <summary>The kinds of rows as the data and the API write them.</summary>
internal static class DayKinds
{
    private static readonly (DayKind Kind, string Name)[] Names =
    [
        (DayKind.Holiday, "HOLIDAY"), (DayKind.Compensation, "COMPENSATION"), (DayKind.SwapOff, "SWAP_OFF"), (DayKind.SwapWork, "SWAP_WORK"),
    ];

    public static DayKind? Parse(string? name) => Array.Find(Names, n => n.Name == name) is { Name: not null } found ? found.Kind : null;

    public static string Name(this DayKind kind) => Array.Find(Names, n => n.Kind == kind).Name ?? kind.ToString();
}
