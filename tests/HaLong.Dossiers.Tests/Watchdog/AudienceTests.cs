using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.Dossiers.Watchdog.Rounds;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>Who is told by which step.</summary>
public sealed class AudienceTests
{
    private static readonly string[] Supervisors = [Roles.Chief, Roles.Approver];

    [Theory]
    [InlineData(WaitLevels.Applicant)]
    [InlineData(WaitLevels.ApplicantLast)]
    [InlineData(WaitLevels.Citizen)]
    public void The_owner_alone_hears_of_his_own_steps(string level)
    {
        foreach (var status in DossierStatus.Open)
            AssertAudience(Of(level, Play.In(status)), Play.Owner, [], null);
    }

    [Fact]
    public void Supervisors_are_those_of_the_unit_that_has_the_move()
    {
        AssertAudience(Of(WaitLevels.Supervisor, Play.In(DossierStatus.Processing)), null, Supervisors, Play.Unit);
        AssertAudience(Of(WaitLevels.Supervisor, Received(Play.In(DossierStatus.Submitted))), null, Supervisors, "06652");
        AssertAudience(Of(WaitLevels.Supervisor, Received(Play.In(DossierStatus.Processing))), null, Supervisors, Play.Unit);
    }

    [Fact]
    public void What_is_receptions_goes_to_reception_where_it_was_handed_in()
    {
        AssertAudience(Of(WaitLevels.Officer, Play.In(DossierStatus.Submitted)), null, [Roles.Reception], Play.Unit);
        foreach (var status in new[] { DossierStatus.Submitted, DossierStatus.SupplementReception, DossierStatus.Resolved })
            AssertAudience(Of(WaitLevels.Officer, Received(Play.In(status))), null, [Roles.Reception], "06652");
    }

    [Theory]
    [InlineData(DossierStatus.Processing)]
    [InlineData(DossierStatus.SupplementProcessing)]
    [InlineData(DossierStatus.WaitPayment)]
    public void The_case_officer_hears_of_what_he_has(string status) => AssertAudience(Of(WaitLevels.Officer, Play.In(status)), Play.Officer, [], null);

    [Theory]
    [InlineData(DossierStatus.Processing)]
    [InlineData(DossierStatus.SupplementProcessing)]
    [InlineData(DossierStatus.WaitPayment)]
    public void Where_nobody_has_it_the_supervisors_hear_at_once(string status) =>
        AssertAudience(Of(WaitLevels.Officer, Play.In(status, officer: false)), null, Supervisors, Play.Unit);

    [Fact]
    public void Forwarding_is_the_supervisors_business_before_anybody_has_it() =>
        AssertAudience(Of(WaitLevels.Officer, Play.In(DossierStatus.Accepted)), null, Supervisors, Play.Unit);

    [Fact]
    public void A_signature_that_does_not_come_is_told_to_who_decided()
    {
        var approver = Play.As(Roles.Approver).Id;
        AssertAudience(Of(WaitLevels.Officer, Play.In(DossierStatus.Processing, signing: true)), approver, [], null);
        AssertAudience(Of(WaitLevels.Officer, Play.In(DossierStatus.Returned, signing: true)), approver, [], null);
    }

    [Fact]
    public void The_unit_that_is_asked_hears_of_it_with_the_officer_who_asked()
    {
        AssertAudience(Of(WaitLevels.Officer, Play.In(DossierStatus.WaitOpinion), "06652"), Play.Officer, [Roles.Officer, Roles.Approver], "06652");
        AssertAudience(Of(WaitLevels.Officer, Play.In(DossierStatus.WaitOpinion)), Play.Officer, [], null);
    }

    [Fact]
    public void The_last_chance_for_a_new_date_is_told_to_officer_and_approvers()
    {
        AssertAudience(Of(WaitLevels.Extension, Play.In(DossierStatus.Processing)), Play.Officer, [Roles.Approver], Play.Unit);
        AssertAudience(Of(WaitLevels.Extension, Play.In(DossierStatus.Processing, officer: false)), null, [Roles.Approver], Play.Unit);
    }

    [Theory]
    [InlineData(WaitLevels.Officer, DossierStatus.Processing)]
    [InlineData(WaitLevels.Officer, DossierStatus.WaitPayment)]
    [InlineData(WaitLevels.Extension, DossierStatus.Processing)]
    public void Who_stands_in_hears_in_place_of_an_officer_who_is_away(string level, string status)
    {
        var away = new Surroundings(new Dictionary<Guid, string>(), new Dictionary<Guid, Guid> { [Play.Officer] = Play.Colleague });
        var play = Play.In(status);
        Assert.Equal(Play.Colleague, Audience.Of(level, Waits.Of(play.Dossier)!, play.Dossier, away).PersonId);
        Assert.Equal(Play.Owner, Audience.Of(WaitLevels.Citizen, Waits.Of(play.Dossier)!, play.Dossier, away).PersonId);
    }

    private static Audience Of(string level, Play play, string? asked = null)
    {
        var opinions = new Dictionary<Guid, string>();
        if (asked is not null)
            opinions[play.Dossier.Id] = asked;
        return Audience.Of(level, Waits.Of(play.Dossier)!, play.Dossier, new Surroundings(opinions, new Dictionary<Guid, Guid>()));
    }

    // Handed in somewhere else.
    private static Play Received(Play play) => play.Must(Moves.ChangeReceivingUnit);

    private static void AssertAudience(Audience audience, Guid? person, string[] roles, string? unit)
    {
        Assert.Equal((person, unit), (audience.PersonId, audience.UnitCode));
        Assert.Equal(roles, audience.Roles);
    }
}
