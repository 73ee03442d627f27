using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Tests.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>What the aggregate itself does about its clock: it adds entries and takes the dates it is given.</summary>
public sealed class DossierClockEntryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Actor Owner = new(Guid.CreateVersion7(), Roles.Citizen, null, "Dân");
    private static readonly Actor Official = new(Guid.CreateVersion7(), Roles.Reception, "06688", "Tiếp");

    [Fact]
    public void Before_it_is_accepted_it_has_no_clock()
    {
        var dossier = Open();
        Assert.True(dossier.Submit("A-1", DossierTests.ProcedureOf("1.013978"), [], Owner, Now).IsSuccess);
        Assert.Equal((0, 0), (dossier.ClockEntries, dossier.TakeChanges().Clock.Count));
    }

    [Fact]
    public void Acceptance_starts_the_clock_with_a_reason_in_both_languages()
    {
        var dossier = Accepted();
        var entry = dossier.TakeChanges().Clock.Single();
        Assert.Equal((dossier.Id, 1, ClockEffect.Start, Now, "accept"), (entry.DossierId, entry.Number, entry.Effect, entry.At, entry.Cause));
        Assert.Equal(("Đã nhận đủ hồ sơ hợp lệ", "The complete dossier was received"), (entry.ReasonVi, entry.ReasonEn));
        Assert.Empty(dossier.TakeChanges().Clock);
        Assert.Equal(1, dossier.ClockEntries);
    }

    [Fact]
    public void A_refused_acceptance_starts_nothing()
    {
        var dossier = Accepted();
        dossier.TakeChanges();
        Assert.False(dossier.Accept(Official, Now.AddDays(3), false, Now).IsSuccess);
        Assert.Equal((0, 1), (dossier.TakeChanges().Clock.Count, dossier.ClockEntries));
    }

    [Fact]
    public void Another_date_leaves_a_step_and_a_fact_with_both_dates()
    {
        var dossier = Accepted();
        dossier.TakeChanges();
        Assert.True(dossier.MoveDue(Now.AddDays(12), true, "Lịch thay đổi", "The calendar changed", Now.AddDays(1)));
        var (facts, steps, clock) = dossier.TakeChanges();
        var fact = Assert.IsType<DossierDeadlineChanged>(Assert.Single(facts));
        Assert.Equal((3L, Now.AddDays(9), Now.AddDays(12), "calendar"), (fact.Sequence, fact.PreviousDueAt, fact.DueAt, fact.Cause));
        var step = Assert.Single(steps);
        Assert.Equal(("moveDue", DossierStatus.Accepted, DossierStatus.Accepted, Guid.Empty), (step.Action, step.FromStatus, step.ToStatus, step.ActorId));
        Assert.Equal(("Lịch thay đổi", "The calendar changed"), (step.NoteVi, step.NoteEn));
        Assert.Equal((Now.AddDays(12), true, Now.AddDays(1)), (dossier.DueAt, dossier.DueAssumed, dossier.UpdatedAt));
        // Nothing happened to the dossier itself.
        Assert.Empty(clock);
    }

    [Fact]
    public void The_same_date_is_no_news_even_when_its_mark_changes()
    {
        var dossier = Accepted();
        dossier.TakeChanges();
        Assert.False(dossier.MoveDue(Now.AddDays(9), true, "vì", "because", Now.AddDays(1)));
        var (facts, steps, _) = dossier.TakeChanges();
        Assert.Empty(facts);
        Assert.Empty(steps);
        Assert.Equal((true, Now), (dossier.DueAssumed, dossier.UpdatedAt));
    }

    private static Dossier Accepted()
    {
        var dossier = Open();
        Assert.True(dossier.Submit("A-1", DossierTests.ProcedureOf("1.013978"), [], Owner, Now).IsSuccess);
        dossier.TakeChanges();
        Assert.True(dossier.Accept(Official, Now.AddDays(9), false, Now).IsSuccess);
        return dossier;
    }

    private static Dossier Open() => Dossier.Open(
        Guid.CreateVersion7(), DossierTests.ProcedureOf("1.013978"), new DossierUnit("06688", "Phường Hạ Long", "Ha Long Ward"),
        new Applicant(Owner.Id, "Dân", "1234", Owner.Id, "online"), "Cấp giấy", "{}", [], Now);
}
