using HaLong.Identity.Delegations;
using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Tests.Delegations;

/// <summary>The aggregate by itself: every step from every state.</summary>
public sealed class DelegationTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
    private static readonly Guid Principal = Guid.CreateVersion7(), To = Guid.CreateVersion7();

    private static Delegation New(int from = 0, int to = 10) => Delegation.Offer(
        Guid.CreateVersion7(Now), Principal, new Invited(To, null, null), new DelegationTerms(["dossier.read"], [], null, Today.AddDays(from), Today.AddDays(to), null), Now);

    private static Delegation In(string state)
    {
        var delegation = New();
        var done = state switch
        {
            DelegationState.Accepted => delegation.Accept(To, Today, Now),
            DelegationState.Declined => delegation.Decline(To, Today, Now),
            DelegationState.Revoked => delegation.Revoke(Principal, Today, Now),
            _ => Result.Success,
        };
        Assert.True(done.IsSuccess);
        if (state == DelegationState.Expired)
            Assert.True(delegation.Expire(Today.AddDays(11), Now));
        Assert.Equal(state, delegation.State);
        return delegation;
    }

    [Theory]
    [InlineData(DelegationState.Offered, true, true, true)]
    [InlineData(DelegationState.Accepted, false, false, true)]
    [InlineData(DelegationState.Declined, false, false, false)]
    [InlineData(DelegationState.Revoked, false, false, false)]
    [InlineData(DelegationState.Expired, false, false, false)]
    public void Each_state_allows_what_it_allows_and_nothing_else(string state, bool accept, bool decline, bool revoke)
    {
        Assert.Equal(accept, In(state).Accept(To, Today, Now).IsSuccess);
        Assert.Equal(decline, In(state).Decline(To, Today, Now).IsSuccess);
        Assert.Equal(revoke, In(state).Revoke(Principal, Today, Now).IsSuccess);
    }

    [Fact]
    public void Refusals_say_why()
    {
        Assert.Equal(IdentityErrors.DelegationNotOpen, In(DelegationState.Revoked).Accept(To, Today, Now).Error);
        Assert.Equal(IdentityErrors.DelegationNotOpen, In(DelegationState.Accepted).Decline(To, Today, Now).Error);
        Assert.Equal(IdentityErrors.DelegationOver, In(DelegationState.Expired).Revoke(To, Today, Now).Error);
    }

    [Fact]
    public void After_its_last_day_it_is_over_before_anybody_writes_it_down()
    {
        var accepted = In(DelegationState.Accepted);
        Assert.True(accepted.IsActiveOn(Today.AddDays(10)));
        Assert.False(accepted.IsActiveOn(Today.AddDays(11)));
        Assert.Equal(DelegationState.Expired, accepted.StateOn(Today.AddDays(11)));
        Assert.False(accepted.Revoke(Principal, Today.AddDays(11), Now).IsSuccess);
        Assert.Equal(IdentityErrors.DelegationNotOpen, New().Accept(To, Today.AddDays(11), Now).Error);
        Assert.False(accepted.Expire(Today.AddDays(10), Now));
        Assert.True(accepted.Expire(Today.AddDays(11), Now));
        Assert.False(accepted.Expire(Today.AddDays(12), Now));
    }

    [Fact]
    public void Before_its_first_day_it_is_accepted_but_not_active()
    {
        var later = New(from: 2);
        Assert.True(later.Accept(To, Today, Now).IsSuccess);
        Assert.False(later.IsActiveOn(Today.AddDays(1)));
        Assert.True(later.IsActiveOn(Today.AddDays(2)));
        Assert.Equal(DelegationState.Accepted, later.StateOn(Today));
    }

    [Fact]
    public void It_ends_at_local_midnight_after_its_last_day() =>
        Assert.Equal(new DateTimeOffset(2026, 12, 4, 17, 0, 0, TimeSpan.Zero), New().EndsAt);

    [Fact]
    public void What_is_done_with_does_not_expire()
    {
        Assert.False(In(DelegationState.Revoked).Expire(Today.AddDays(99), Now));
        Assert.False(In(DelegationState.Declined).Expire(Today.AddDays(99), Now));
        Assert.Equal(DelegationState.Revoked, In(DelegationState.Revoked).StateOn(Today.AddDays(99)));
    }
}
