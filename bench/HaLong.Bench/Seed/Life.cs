using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Seed;

/// <summary>
/// What becomes of a dossier until now. Most are decided within their limit and handed over; of the rest some end otherwise, some are late, and a few lie. So three to five of a
/// hundred are open in a city of three years.
/// </summary>
internal static class Life
{
    private static readonly Guid Reception = Guid.Parse("0198e000-0000-7000-8000-000000000003");

    public static SeedDossier Live(SeedDossier d, ref Dice dice, DateTimeOffset now, Guid officer, Guid approver, Func<TimeLimit, DateTimeOffset, DateTimeOffset> due)
    {
        var steps = new List<SeedStep> { new("submit", "DRAFT", "SUBMITTED", d.SubmittedAt, d.OwnerId, "citizen") };
        var clock = new List<(ClockEffect, DateTimeOffset, string)>();
        d = d with { Steps = steps, Clock = clock };
        var check = d.SubmittedAt.AddHours(dice.Share() * 20);
        var early = dice.Share();
        if (check > now)
        {
            return d;
        }

        if (early < 0.035)
        {
            return End(d, early < 0.02 ? "NOT_ACCEPTED" : "WITHDRAWN", check);
        }

        if (early < 0.037 || (early < 0.08 && now - check < TimeSpan.FromDays(10)))
        {
            return Wait(d, "requestSupplement", "SUPPLEMENT_RECEPTION", check, Reception, "reception");
        }

        Step(d, "accept", "ACCEPTED", check, Reception, "reception");
        clock.Add((ClockEffect.Start, check, "accept"));
        d = d with { Status = "ACCEPTED", AcceptedAt = check, ChangedAt = check, DueAt = due(d.Procedure.Limit, check) };
        // Taken up well before it is due, however short its limit is.
        var taken = check + TimeSpan.FromHours(Math.Min(30, (d.DueAt.Value - check).TotalHours / 3) * dice.Share());
        var lies = dice.Share();
        if (taken > now || lies < 0.001)
        {
            return d;
        }

        Step(d, "assign", "PROCESSING", taken, officer, "officer");
        d = d with { Status = "PROCESSING", OfficerId = officer, ChangedAt = taken, AskedTwice = dice.Share() < 0.01 };
        var limit = d.DueAt!.Value - check;
        var (late, part) = (dice.Share(), dice.Share());
        var decided = late < 0.94 ? taken + ((d.DueAt.Value - taken) * (0.15 + (0.8 * part))) : d.DueAt.Value + (limit * part * 0.5);
        if (decided > now || lies < 0.017)
        {
            return InHand(d, ref dice, officer, taken);
        }

        if (lies > 0.99)
        {
            return End(d, "STOPPED", decided);
        }

        return Decide(d with { ApproverId = approver, FeePaid = true, ResultId = dice.Id(decided) }, ref dice, decided, now);
    }

    private static SeedDossier InHand(SeedDossier d, ref Dice dice, Guid officer, DateTimeOffset taken) => dice.Pick([0.5, 0.58, 0.72, 0.86, 1]) switch
    {
        0 => d with { FeePaid = dice.Share() < 0.85 },
        1 => Release(d, taken.AddHours(2), officer),
        2 => Wait(d, "requestOpinion", "WAIT_OPINION", taken.AddHours(3), officer, "officer"),
        3 => Pause(d, "requestSupplement", "SUPPLEMENT_PROCESSING", taken.AddHours(3), officer),
        _ => Pause(d, "requireFee", "WAIT_PAYMENT", taken.AddHours(3), officer),
    };

    private static SeedDossier Decide(SeedDossier d, ref Dice dice, DateTimeOffset decided, DateTimeOffset now)
    {
        Step(d, "approve", d.Status, decided, d.ApproverId!.Value, "approver");
        Step(d, "resolve", "RESOLVED", decided, Guid.Empty, "system");
        Clock(d, ClockEffect.Stop, decided, "resolve");
        d = d with { Status = "RESOLVED", ResolvedAt = decided, ChangedAt = decided };
        var returned = decided.AddHours(dice.Share() * 96);
        if (returned > now || dice.Share() < 0.012)
        {
            return d;
        }

        Step(d, "receive", "RETURNED", returned, Guid.Empty, "system");
        return d with { Status = "RETURNED", ReturnedAt = returned, ChangedAt = returned };
    }

    private static SeedDossier Release(SeedDossier d, DateTimeOffset at, Guid officer)
    {
        Step(d, "release", d.Status, at, officer, "officer");
        return d with { OfficerId = null, ChangedAt = at };
    }

    private static SeedDossier Pause(SeedDossier d, string action, string to, DateTimeOffset at, Guid officer)
    {
        Clock(d, ClockEffect.Pause, at, action);
        return Wait(d, action, to, at, officer, "officer") with { DueAt = null };
    }

    private static SeedDossier Wait(SeedDossier d, string action, string to, DateTimeOffset at, Guid actor, string role)
    {
        Step(d, action, to, at, actor, role);
        return d with { Status = to, ChangedAt = at, WaitUntil = at.AddDays(20) };
    }

    private static SeedDossier End(SeedDossier d, string status, DateTimeOffset at)
    {
        var (action, actor, role) = status switch
        {
            "WITHDRAWN" => ("withdraw", d.OwnerId, "citizen"),
            "STOPPED" => ("stop", d.OfficerId!.Value, "approver"),
            _ => ("reject", Reception, "reception"),
        };
        Step(d, action, status, at, actor, role);
        if (d.AcceptedAt is not null)
        {
            Clock(d, ClockEffect.Stop, at, action);
        }

        return d with { Status = status, ChangedAt = at };
    }

    private static void Step(SeedDossier d, string action, string to, DateTimeOffset at, Guid actor, string role) =>
        ((List<SeedStep>)d.Steps).Add(new SeedStep(action, d.Status, to, at, actor, role));

    private static void Clock(SeedDossier d, ClockEffect effect, DateTimeOffset at, string cause) => ((List<(ClockEffect, DateTimeOffset, string)>)d.Clock).Add((effect, at, cause));
}
