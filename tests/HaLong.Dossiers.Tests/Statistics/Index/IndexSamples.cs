using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.NationalPortal.Catalogue;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.Dossiers.Tests.Statistics.Keeping;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>Facts, feedback, procedures and units that the index is counted from.</summary>
internal static class IndexSamples
{
    /// <summary>The month of most tests.</summary>
    public const string Month = "2026-03";

    public static readonly DateOnly First = new(2026, 3, 1), Middle = new(2026, 3, 16), Last = new(2026, 3, 31);

    /// <summary>A unit that no other test knows.</summary>
    public static string NewUnit() => $"I{Guid.CreateVersion7().ToString("N")[16..]}";

    /// <summary>A dossier received on a day. Without a result: in processing. Its clock ends in time unless said otherwise.</summary>
    public static DossierFact Fact(
        string unit, DateOnly? received = null, DateOnly? resolved = null, DateOnly? due = null, string? statistical = null, string? legal = null,
            string source = IntakeSource.Counter,
        string hand = FilingHand.Reception, string procedure = Free, bool components = false, bool digitised = false, short reused = 0,
            bool resultExpected = false,
        bool electronic = false, bool identity = false, bool fees = false, bool feesZero = false, string? paidBy = null, DateOnly[]? supplements = null,
            short? rating = null,
        DateOnly? rated = null, (DateOnly Day, short Kind)[]? states = null, DateOnly? closed = null, string level = "commune", bool accepted = true,
            Guid? id = null)
    {
        var day = received ?? Middle;
        var way = states ?? (resolved is { } end
            ? end == day ? [(day, StateKind.Resolved)] : [(day, StateKind.Processing), (end, StateKind.Resolved)]
            : [(day, StateKind.Processing)]);
        return new DossierFact
        {
            DossierId = id ?? Guid.CreateVersion7(),
            UnitCode = unit,
            Level = level,
            ReceivingUnitCode = unit,
            ProcedureCode = procedure,
            FieldCode = "LAND",
            Source = source,
            Hand = hand,
            ReceivedDay = day,
            AcceptedDay = accepted ? day : null,
            ResolvedDay = resolved,
            ClosedDay = closed,
            LegalDue = due,
            StatisticalDue = due,
            Statistical = resolved is null ? null : statistical ?? Punctuality.Early,
            Legal = resolved is null
                ? null : legal ?? statistical ?? Punctuality.Early,
            StateDays = [.. way.Select(w => w.Day)],
            StateKinds = [.. way.Select(w => w.Kind)],
            HasComponents = components,
            DigitisedAtReception = digitised,
            Reused = reused,
            ResultExpected = resultExpected,
            ResultElectronic = electronic,
            IdentityProved = identity,
            HasFees = fees,
            FeesZero = feesZero,
            PaidBy = paidBy,
            SupplementDays = supplements ?? [],
            Rating = rating,
            RatedDay = rating is null
                ? null : rated ?? day,
        };
    }

    public static DossierFact Online(string unit, string procedure = Free, bool resultExpected = false, bool electronic = false, DateOnly? resolved = null) =>
        Fact(unit, procedure: procedure, source: IntakeSource.OwnForm, hand: FilingHand.Self, resultExpected: resultExpected, electronic: electronic,
            resolved: resolved);

    public static Feedback Feedback(
        string unit, DateOnly? received = null, DateOnly? answered = null, bool? onTime = null, bool? satisfied = null, bool repeated = false,
            bool? upheld = null, Guid? dossier = null) => new()
            {
                Id = Guid.CreateVersion7(),
                UnitCode = unit,
                Kind = "complaint",
                Text = "Phản ánh",
                AuthorId = Guid.CreateVersion7(),
                DossierId = dossier,
                ReceivedAt = Noon(received ?? Middle),
                AnsweredAt = answered is { } day ? Noon(day) : null,
                State = answered is null
                ? FeedbackState.Received : FeedbackState.Answered,
                OnTime = onTime,
                Satisfied = satisfied,
                Repeated = repeated,
                Upheld = upheld,
            };

    /// <summary>An agency was asked for its opinion about a dossier, and did not give it in time.</summary>
    public static OpinionRequest LateOpinion(Guid dossier, int number = 1)
    {
        var request = new OpinionRequest
        {
            Id = Guid.CreateVersion7(),
            DossierId = dossier,
            Number = number,
            UnitCode = OtherUnit,
            UnitNameVi = "x",
            UnitNameEn = "x",
            Question = "?",
            RequestedAt = Noon(First),
            Deadline = Noon(First),
        };
        request.Close("x", Noon(Middle));
        return request;
    }

    /// <summary>The dossier as the national portal's ledger has it.</summary>
    public static DossierFact Ledger(DossierFact fact, bool acknowledged, bool result = false) => Replays.With(
        fact, (nameof(fact.InLedger), true), (nameof(fact.ReceptionAcknowledged), acknowledged), (nameof(fact.ResultAcknowledged), result));

    public static StatisticsUnit Unit(string code, string parent = "", string level = "commune") =>
        new() { Id = $"{code}@2025-07-01", Code = code, NameVi = $"Đơn vị {code}", NameEn = $"Unit {code}", Level = level, ParentCode = parent };

    public static PortalProcedure Portal(
        string code, DateOnly? decided = null, DateOnly? effective = null, DateOnly? published = null, bool full = false, bool paid = false,
            bool active = true) => new()
            {
                Code = code,
                NameVi = "Thủ tục " + code,
                FieldCode = "LAND",
                FieldNameVi = "Đất đai",
                DecidedOn = decided,
                EffectiveOn = effective,
                PublishedOn = published,
                FullContent = full,
                PaidOnline = paid,
                IsActive = active,
                SeenAt = Noon(First),
            };

    /// <summary>A procedure of a level of its own, in force since the beginning of the year.</summary>
    public static async Task<Procedure> ProcedureAsync(DossierFixture dossiers, string code, string level, bool online = false, bool fees = false,
        DateOnly? until = null)
    {
        var text = await dossiers.InDbAsync(db => db.Procedures.AsNoTracking().Where(p => p.Code == (fees ? Land : Free)).Select(p => p.Content)
            .FirstAsync(Ct));
        var content = JsonNode.Parse(text)!.AsObject();
        content["code"] = code;
        content["level"] = JsonSerializer.SerializeToNode(new { y2023 = level, since20250701 = level });
        content["channels"] = JsonSerializer.SerializeToNode(online ? new[] { "direct", "online" } : ["direct"]);
        content["onlineLevel"] = "full";
        content["onlinePeriods"] = new JsonArray();
        content["fees"] = fees ? JsonSerializer.SerializeToNode(new[] { Fee }) : new JsonArray();
        return new Procedure
        {
            Id = Guid.CreateVersion7(),
            Code = code,
            NameVi = "Thủ tục " + code,
            NameEn = "Procedure " + code,
            Field = "LAND",
            Level = level,
            Content = content.ToJsonString(),
            ContentHash = "",
            ValidFrom = new DateOnly(2026, 1, 1),
        }.Until(until);
    }

    private static object Fee => new
    {
        kind = "fee",
        nameVi = "Phí",
        amountVnd = 1000,
        rule = "fixed",
        channel = "any",
        exemptions = Array.Empty<string>(),
        optional = false,
        assumed = true
    };

    public static Task SaveAsync(this DossierFixture dossiers, params IEnumerable<object> rows) => SaveAsync(dossiers.Factory, rows);

    public static async Task SaveAsync(ServiceFactory<Program> city, params IEnumerable<object> rows)
    {
        // Facts come with what they add to the cubes.
        var (facts, others) = (rows.OfType<DossierFact>().ToList(), rows.Where(r => r is not DossierFact).ToList());
        if (facts.Count > 0)
            await SampleFacts.AddAsync(city.Services, facts);
        await using var scope = city.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        db.AddRange(others);
        await db.SaveChangesAsync(Ct);
    }

    public static DateTimeOffset Noon(DateOnly day) => LocalTime.Instant(day, new TimeOnly(12, 0));

    public static Task<JsonElement> IndexAsync(HttpClient client, string unit, string period = Month) =>
        GetAsync(client, $"/api/v1/index766?unit={unit}&period={period}");

    public static JsonElement Component(this JsonElement index, string code) =>
        index.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("code").GetString() == code);

    /// <summary>Numerator, denominator and points of an indicator.</summary>
    public static (decimal Numerator, decimal Denominator, decimal Score) Figure(this JsonElement index, string code) => index.Component(code) is var c
        ? (c.GetProperty("numerator").GetDecimal(), c.GetProperty("denominator").GetDecimal(), c.GetProperty("score").GetDecimal()) : default;

    public static decimal Count(this JsonElement index, string name) => index.GetProperty("counts").GetProperty(name).GetDecimal();

    public static IEnumerable<string> Unknown(this JsonElement index) => index.GetProperty("unknown").EnumerateArray().Select(u => u.GetString()!);

    public static string Name(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
