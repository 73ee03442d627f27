using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;
using Lateness = HaLong.Dossiers.Deadlines.Punctuality;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>Makes the fact of a dossier of its history. Pure: the same history, calendar and rules give the same fact, whenever it is made.</summary>
internal static class FactBuilder
{
    private const int Verified = 2;

    public static DossierFact Of(DossierHistory h, WorkCalendar calendar, RuleBook rules)
    {
        // A dossier keeps the rules of its day of receipt, as its deadline does.
        var counting = rules.At(DayOf(h.Clock.Find(e => e.Effect == ClockEffect.Start)?.At ?? h.AcceptedAt ?? h.SubmittedAt));
        var (stateDays, stateKinds) = FactStates.Of(h);
        var stays = FactStays.Of(h, new Counting(TimeLimit.WorkingDays(0), calendar, counting));
        var resolvedAt = h.ResolvedAt ?? h.ReturnedAt;
        var supplements = DaysOf(h, Moves.RequestSupplement, Moves.RequestSupplement);
        var dates = Dates.Of(h, resolvedAt, supplements.Length, calendar, counting);
        var hand = HandOf(h);
        var charged = h.FilingFees > 0 || h.Demands.Count > 0 || h.PaidAmount > 0;
        var hasFees = h.Procedure.HasFees || charged;
        var handedIn = HandedIn(h);
        return new DossierFact
        {
            DossierId = h.Id,
            UnitCode = h.UnitCode,
            UnitId = h.UnitId,
            Level = h.Level,
            ReceivingUnitCode = h.ReceivingUnitCode,
            OfficerId = h.OfficerId,
            ProcedureCode = h.ProcedureCode,
            FieldCode = h.Procedure.Field,
            Source = SourceOf(h, hand),
            Hand = hand,
            HelperUnit = hand == FilingHand.Helper ? h.AssistanceUnit : null,
            ReceivedDay = DayOf(h.SubmittedAt),
            AcceptedDay = DayOf(h.AcceptedAt),
            ResolvedDay = DayOf(resolvedAt),
            ReturnedDay = DayOf(h.ReturnedAt),
            ClosedDay = !DossierStatus.Over.Contains(h.Status) ? null : DayOf(h.ClosedAt) ?? (stateDays.Length > 0 ? stateDays[^1] : null),
            LegalDue = dates.LegalDue,
            StatisticalDue = dates.StatisticalDue,
            Legal = dates.Legal,
            Statistical = dates.Statistical,
            StateDays = stateDays,
            StateKinds = stateKinds,
            StayKinds = [.. stays.Select(s => s.Kind)],
            StayEnds = [.. stays.Select(s => s.End)],
            StayMinutes = [.. stays.Select(s => s.Minutes)],
            HasComponents = h.Procedure.NeedsComponents || handedIn.Count > 0,
            DigitisedAtReception = handedIn.Count > 0 && h.Papers.All(p => h.Files.Exists(f => f.Component == p && IsAtReception(h, f))),
            Reused = (short)h.Reused,
            ResultExpected = resolvedAt is not null && h.Procedure.GivesDocument,
            ResultElectronic = resolvedAt is not null && h.Files.Exists(f => f.Component is null),
            IdentityProved = h.Assurance >= Verified,
            InLedger = h.InLedger,
            ReceptionAcknowledged = h.ReceptionAcknowledged,
            ResultAcknowledged = h.ResultAcknowledged,
            SupplementDays = supplements,
            ApologyDays = DaysOf(h, Moves.Extend, Moves.Apologise),
            Corrections = (short)h.Corrections,
            Refused = resolvedAt is not null && h.Outcome == Outcome.Refused,
            HasFees = hasFees,
            FeesZero = hasFees && IsZero(h),
            PaidBy = h.PaidAmount == 0 ? null : h.PaidBy ?? (h.Channel == "counter" ? PaidBy.Cash : PaidBy.Online),
            PaidAmount = h.PaidAmount,
            RatedDay = DayOf(h.RatedAt),
            Rating = h.Stars,
        };
    }

    private static DateOnly DayOf(DateTimeOffset at) => LocalTicks.Date(LocalTicks.Of(at));

    private static DateOnly? DayOf(DateTimeOffset? at) => at is { } moment ? DayOf(moment) : null;

    private static DateOnly[] DaysOf(DossierHistory h, string action, string other) =>
        [.. h.Steps.Where(s => s.Action == action || s.Action == other).Select(s => DayOf(s.At))];

    private static string HandOf(DossierHistory h) => h.Steps.Find(s => s.Action == Moves.Submit).Role switch
    {
        Roles.Helper => FilingHand.Helper,
        Roles.Reception => FilingHand.Reception,
        "delegate" or "representative" => FilingHand.Delegate,
        _ => FilingHand.Self,
    };

    // Before it was noted: by channel and place. Whether a helper came from the post is then not known.
    private static string SourceOf(DossierHistory h, string hand) => h.IntakeSource ?? h.Channel switch
    {
        "counter" => IntakeSource.Counter,
        "post" => IntakeSource.Post,
        _ when hand == FilingHand.Helper => h.AssistancePlace == AssistanceKind.Home ? IntakeSource.Home : IntakeSource.Commune,
        _ => IntakeSource.OwnForm,
    };

    /// <summary>Components that were there at acceptance, as papers or files; before it, up to now.</summary>
    private static HashSet<int> HandedIn(DossierHistory h) =>
        [.. h.Papers, .. h.Files.Where(f => IsAtReception(h, f)).Select(f => f.Component).OfType<int>()];

    private static bool IsAtReception(DossierHistory h, HistoryFile file) => h.AcceptedAt is not { } accepted || file.CreatedAt <= accepted;

    private static bool IsZero(DossierHistory h) =>
        h.PaidAmount == 0 && (h.FilingFees == 0 || h.PaymentStatus == PaymentStatus.Waived) && h.Demands.TrueForAll(d => d == FeeDemandState.Waived);

    /// <summary>When it was due, and whether the result was in time.</summary>
    private readonly record struct Dates(DateOnly? LegalDue, DateOnly? StatisticalDue, string? Legal, string? Statistical)
    {
        public static Dates Of(DossierHistory h, DateTimeOffset? resolvedAt, int supplements, WorkCalendar calendar, DeadlineRules rules)
        {
            // While the clock stands: as it was when it stopped, so that nothing depends on the moment at which this is made.
            var deadline = h.Limit is { } limit ? DeadlineEngine.Evaluate(limit, h.Clock, calendar, rules, h.SubmittedAt) : default;
            var isKnown = deadline.State != ClockState.NotStarted;
            var noted = isKnown ? null : DayOf(h.DueAt);
            var (legalDue, statisticalDue) = (isKnown ? DayOf(deadline.ProvisionalDueAt) : noted, isKnown ? DayOf(deadline.StatisticalDueAt) : noted);
            if (resolvedAt is not { } end)
                return new Dates(legalDue, statisticalDue, null, null);
            var legal = isKnown ? WordOf(deadline.Of(end)) : Compare(DayOf(end).DayNumber, noted?.DayNumber ?? DayOf(end).DayNumber);
            var statistical = !isKnown ? legal
                : deadline.ByTheHour ? Compare(LocalTicks.Of(end), deadline.StatisticalDue)
                : Compare(DayOf(end).DayNumber, LocalTicks.Day(deadline.StatisticalDue));
            return new Dates(legalDue, statisticalDue, legal, supplements > 1 ? Punctuality.Late : statistical);
        }

        private static string Compare(long end, long due) => end < due ? Punctuality.Early : end == due ? Punctuality.OnTime : Punctuality.Late;

        private static string WordOf(Lateness lateness) => lateness switch
        {
            Lateness.Early => Punctuality.Early,
            Lateness.OnTime => Punctuality.OnTime,
            _ => Punctuality.Late,
        };
    }
}
