using HaLong.Bench.Seed;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Tests;

/// <summary>What becomes of dossiers, by hundreds of lives of the same one.</summary>
public sealed class LifeTests
{
    private static readonly Guid Officer = Guid.CreateVersion7(), Approver = Guid.CreateVersion7();
    private static readonly DateTimeOffset Filed = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void On_the_day_of_filing_it_is_still_with_reception_or_just_accepted() =>
        Assert.All(Lives(Filed.AddMinutes(10)), d => Assert.True(d.Status is "SUBMITTED" or "ACCEPTED" or "NOT_ACCEPTED" or "WITHDRAWN" or "SUPPLEMENT_RECEPTION", d.Status));

    [Fact]
    public void After_a_year_nearly_all_are_over_and_most_have_their_result()
    {
        var lives = Lives(Filed.AddYears(1));
        Assert.InRange(lives.Count(d => d.IsOver) / (double)lives.Count, 0.94, 0.995);
        Assert.InRange(lives.Count(d => d.Status == "RETURNED") / (double)lives.Count, 0.88, 0.97);
    }

    [Fact]
    public void A_few_results_come_late_and_most_in_time()
    {
        var resolved = Lives(Filed.AddYears(1)).Where(d => d.ResolvedAt is not null).ToList();
        Assert.InRange(resolved.Count(d => d.ResolvedAt > d.DueAt) / (double)resolved.Count, 0.03, 0.1);
    }

    [Fact]
    public void Who_asks_and_who_decides_are_the_people_of_the_unit()
    {
        foreach (var d in Lives(Filed.AddYears(1)))
        {
            Assert.All(d.Steps.Where(s => s.Role == "officer"), s => Assert.Equal(Officer, s.Actor));
            Assert.Equal(d.ResolvedAt is not null, d.ApproverId == Approver);
            Assert.Equal(d.ResultId is not null, d.ResolvedAt is not null);
        }
    }

    [Fact]
    public void A_clock_starts_with_acceptance_pauses_while_somebody_else_is_to_act_and_ends_with_the_dossier()
    {
        foreach (var d in Lives(Filed.AddDays(9)).Concat(Lives(Filed.AddYears(1))))
        {
            Assert.Equal(d.AcceptedAt is null, d.Clock.Count == 0);
            if (d.AcceptedAt is null)
                continue;
            Assert.Equal((ClockEffect.Start, d.AcceptedAt), (d.Clock[0].Effect, d.Clock[0].At));
            Assert.Equal(d.Status is "SUPPLEMENT_PROCESSING" or "WAIT_PAYMENT", d.Clock[^1].Effect == ClockEffect.Pause);
            Assert.Equal(d.Status is "RESOLVED" or "RETURNED" or "STOPPED", d.Clock[^1].Effect == ClockEffect.Stop);
            Assert.All(d.Clock.Zip(d.Clock.Skip(1)), p => Assert.True(p.First.At <= p.Second.At));
        }
    }

    [Fact]
    public void What_waits_for_the_applicant_or_an_agency_says_until_when()
    {
        var waiting = Lives(Filed.AddYears(1)).Concat(Lives(Filed.AddDays(6))).Where(d => d.Status is "SUPPLEMENT_RECEPTION" or "SUPPLEMENT_PROCESSING" or "WAIT_OPINION" or "WAIT_PAYMENT").ToList();
        Assert.NotEmpty(waiting);
        Assert.All(waiting, d => Assert.True(d.WaitUntil > d.ChangedAt));
    }

    [Fact]
    public void The_columns_of_a_dossier_say_what_its_life_says()
    {
        foreach (var d in Lives(Filed.AddYears(1)).Take(300))
        {
            Assert.Equal(d.Steps.Count, Value<int>(d, "steps"));
            Assert.Equal(d.Clock.Count, Value<int>(d, "clock_entries"));
            Assert.Equal(d.Status == "WAIT_PAYMENT" ? 1 : 0, Value<int>(d, "open_demands"));
            Assert.Equal(d.OfficerId is not null, Value<bool>(d, "processing_told"));
            Assert.Equal(d.Fee == 0 ? null : d.FeePaid ? "settled" : "requested", DossierTable.All.Single(c => c.Name == "payment_status").Value(d));
            Assert.Equal(d.SubmittedAt < new DateTimeOffset(2025, 6, 30, 17, 0, 0, TimeSpan.Zero) ? "OSS-2018" : "OSS-2025", Value<string>(d, "regime"));
        }
    }

    private static SeedDossier Fresh => CitySamples.Make(1)[0] with
    {
        Status = "SUBMITTED",
        SubmittedAt = Filed,
        ChangedAt = Filed,
        AcceptedAt = null,
        DueAt = null,
        OfficerId = null,
        ApproverId = null,
        ResolvedAt = null,
        ReturnedAt = null,
        WaitUntil = null,
        ResultId = null,
    };

    private static T Value<T>(SeedDossier d, string column) => (T)DossierTable.All.Single(c => c.Name == column).Value(d)!;

    private static List<SeedDossier> Lives(DateTimeOffset now)
    {
        var lives = new List<SeedDossier>();
        for (var i = 0UL; i < 2000; i++)
        {
            var dice = new Dice(i * 977);
            lives.Add(Life.Live(Fresh, ref dice, now, Officer, Approver, (limit, accepted) => accepted.AddDays(20)));
        }

        return lives;
    }
}
