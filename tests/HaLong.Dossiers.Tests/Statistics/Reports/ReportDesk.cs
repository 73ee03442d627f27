using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Asks for reports, and makes facts for them.</summary>
internal static class ReportDesk
{
    public const string Address = "/api/v1/statistics/reports/";

    /// <summary>A commune of the test's own, below the province.</summary>
    public static async Task<string> NewUnitAsync(DossierFixture dossiers, string parent = "22")
    {
        var code = $"R{Guid.CreateVersion7().ToString("N")[^15..]}";
        await SampleFacts.UnitsAsync(dossiers, (code, parent, "commune"));
        return code;
    }

    public static HttpClient Leader(DossierFixture dossiers, string unit) => dossiers.Official(Roles.Leader, unit);

    /// <summary>The report as the leader of the unit sees it.</summary>
    public static Task<JsonElement> ReportAsync(DossierFixture dossiers, string unit, string query) =>
        DossierFixture.GetAsync(Leader(dossiers, unit), Address + query);

    public static List<JsonElement> Rows(this JsonElement report) => [.. report.GetProperty("rows").EnumerateArray()];

    public static JsonElement Row(this JsonElement report, string code) => report.Rows().Single(r => r.Text("code") == code);

    public static JsonElement Totals(this JsonElement report) => report.GetProperty("totals");

    public static string? Text(this JsonElement row, string key) => row.GetProperty(key).GetString();

    public static long Count(this JsonElement row, string key) => row.GetProperty(key).GetInt64();

    public static decimal? Percent(this JsonElement row, string key) => row.GetProperty(key) is { ValueKind: JsonValueKind.Number } number
        ? number.GetDecimal() : null;

    /// <summary>A fact with what a test cares for.</summary>
    public static DossierFact Fact(
        string unit, DateOnly received, DateOnly? resolved = null, string legal = Punctuality.Early, string? unitId = null, string level = "commune",
        string field = "LAND",
        string procedure = "1.013978", string source = IntakeSource.OwnForm, string hand = FilingHand.Self, string? helper = null, bool components = true,
        bool digitised = true,
        bool electronic = true, int minutes = 960) => new()
        {
            DossierId = Guid.CreateVersion7(),
            UnitCode = unit,
            UnitId = unitId,
            Level = level,
            ReceivingUnitCode = unit,
            ProcedureCode = procedure,
            FieldCode = field,
            Source = source,
            Hand = hand,
            HelperUnit = helper,
            ReceivedDay = received,
            AcceptedDay = received,
            ResolvedDay = resolved,
            Legal = resolved is null ? null : legal,
            Statistical = resolved is null ? null : legal,
            LegalDue = received.AddDays(20),
            StatisticalDue = received.AddDays(20),
            HasComponents = components,
            DigitisedAtReception = components && digitised,
            ResultExpected = resolved is not null,
            ResultElectronic = resolved is not null && electronic,
            StateDays = resolved is { } day && day > received ? [received, day] : [received],
            StateKinds = resolved is null ? [StateKind.Processing] : resolved > received ? [StateKind.Processing, StateKind.Resolved] : [StateKind.Resolved],
            StayKinds = resolved is null ? [] : [StayKind.Whole],
            StayEnds = resolved is { } end ? [end] : [],
            StayMinutes = resolved is null ? []
                : [minutes],
        };

    public static IEnumerable<DossierFact> Several(int count, Func<DossierFact> make) => Enumerable.Range(0, count).Select(_ => make());

    /// <summary>So many facts that are like one, in one statement.</summary>
    public static Task CopyAsync(DossierFixture dossiers, int count, Func<DossierFact> make) => SampleFacts.AddAsync(dossiers, Several(count, make));
}
