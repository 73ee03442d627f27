using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Tests.Organisations;

public sealed class RepresentativeRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateTimeOffset Now = LocalTime.Instant(Today, new TimeOnly(9, 0));
    private static readonly Guid Person = Guid.CreateVersion7();

    private static Representative Legal(DateOnly? to = null, int from = 0) =>
        Representative.Appoint(Guid.CreateVersion7(), Guid.CreateVersion7(), Person, RepresentativeKind.Legal, Today.AddDays(from), to, Guid.CreateVersion7(), Now);

    private static Representative Invited(DateOnly? to = null, int from = 0) =>
        Representative.Invite(Guid.CreateVersion7(), Guid.CreateVersion7(), null, [1, 2, 3], "Lê Thị Mời", Today.AddDays(from), to, Guid.CreateVersion7(), Now);

    [Fact]
    public void Who_was_entered_from_the_papers_speaks_at_once_until_the_last_day()
    {
        var legal = Legal(to: Today.AddDays(2));

        Assert.True(legal.IsActiveOn(Today));
        Assert.True(legal.IsActiveOn(Today.AddDays(2)));
        Assert.False(legal.IsActiveOn(Today.AddDays(3)));
        Assert.Equal(RepresentativeState.Expired, legal.StateOn(Today.AddDays(3)));
        Assert.Equal(LocalTime.Instant(Today.AddDays(3), TimeOnly.MinValue), legal.EndsAt);
        Assert.Null(Legal().EndsAt);
        Assert.False(Legal(from: 1).IsActiveOn(Today));
    }

    [Fact]
    public void Who_is_invited_speaks_for_nobody_before_he_has_agreed_and_the_number_is_forgotten_then()
    {
        var invited = Invited();
        Assert.False(invited.IsActiveOn(Today));
        Assert.NotNull(invited.InvitedIndex);

        Assert.True(invited.Accept(Person, Today, Now).IsSuccess);

        Assert.True(invited.IsActiveOn(Today.AddYears(3)));
        Assert.Equal((Person, (byte[]?)null, Now), (invited.AccountId!.Value, invited.InvitedIndex, invited.AnsweredAt!.Value));
        Assert.Equal(OrganisationErrors.NotOpen.Code, invited.Accept(Person, Today, Now).Error.Code);
        Assert.Equal(OrganisationErrors.NotOpen.Code, invited.Decline(Person, Today, Now).Error.Code);
    }

    [Fact]
    public void An_invitation_lapses_after_thirty_days_or_with_the_last_day()
    {
        Assert.Equal(RepresentativeState.Invited, Invited().StateOn(Today.AddDays(30)));
        Assert.Equal(RepresentativeState.Expired, Invited().StateOn(Today.AddDays(31)));
        Assert.Equal(RepresentativeState.Expired, Invited(to: Today.AddDays(3)).StateOn(Today.AddDays(4)));
        Assert.Equal(OrganisationErrors.NotOpen.Code, Invited().Accept(Person, Today.AddDays(31), Now.AddDays(31)).Error.Code);
        Assert.Equal(OrganisationErrors.NotOpen.Code, Invited().Decline(Person, Today.AddDays(31), Now.AddDays(31)).Error.Code);
    }

    [Fact]
    public void Who_agrees_to_begin_later_speaks_from_that_day()
    {
        var later = Invited(from: 5);
        later.Accept(Person, Today, Now);
        Assert.False(later.IsActiveOn(Today.AddDays(4)));
        Assert.True(later.IsActiveOn(Today.AddDays(5)));
    }

    [Fact]
    public void What_is_declined_removed_or_over_is_over_for_good()
    {
        var (declined, removed, lapsed) = (Invited(), Legal(), Legal(to: Today.AddDays(-1), from: -9));
        Assert.True(declined.Decline(Person, Today, Now).IsSuccess);
        Assert.True(removed.Remove(Person, Today, Now).IsSuccess);

        Assert.Equal((RepresentativeState.Declined, RepresentativeState.Removed), (declined.State, removed.State));
        Assert.Null(declined.InvitedIndex);
        Assert.False(removed.IsActiveOn(Today));
        foreach (var over in new[] { declined, removed, lapsed })
            Assert.Equal(OrganisationErrors.Over.Code, over.Remove(Person, Today, Now).Error.Code);
    }

    [Fact]
    public void That_time_has_ended_it_is_written_down_once()
    {
        var (lapsed, lasting) = (Invited(to: Today), Legal());
        Assert.False(lapsed.Expire(Today, Now));
        Assert.True(lapsed.Expire(Today.AddDays(1), Now));
        Assert.False(lapsed.Expire(Today.AddDays(1), Now));
        Assert.Equal((RepresentativeState.Expired, (byte[]?)null, (Guid?)null), (lapsed.State, lapsed.InvitedIndex, lapsed.EndedBy));
        Assert.False(lasting.Expire(Today.AddYears(50), Now));
    }

    [Fact]
    public void A_claim_is_decided_once()
    {
        OrganisationClaim New() => OrganisationClaim.File(
            Guid.CreateVersion7(), Person, new OrganisationDetails("0100109106", "0100109106", "Công ty", null, null, "Hạ Long", null, null), "06688", Now);
        var (verified, refused, withdrawn) = (New(), New(), New());
        Assert.True(verified.Verify(Guid.CreateVersion7(), Person, Now).IsSuccess);
        Assert.True(refused.Refuse("Không đủ giấy tờ", Person, Now).IsSuccess);
        Assert.True(withdrawn.Withdraw(Now).IsSuccess);

        foreach (var decided in new[] { verified, refused, withdrawn })
        {
            Assert.Equal(OrganisationErrors.ClaimDecided.Code, decided.Verify(Guid.CreateVersion7(), Person, Now).Error.Code);
            Assert.Equal(OrganisationErrors.ClaimDecided.Code, decided.Refuse("Vì lý do khác", Person, Now).Error.Code);
            Assert.Equal(OrganisationErrors.ClaimDecided.Code, decided.Withdraw(Now).Error.Code);
        }
    }
}
