using HaLong.Identity.Assisted;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Tests.Assisted;

/// <summary>The aggregate by itself: every step from every state.</summary>
public sealed class AssistedSessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
    private static readonly Guid Helper = Guid.CreateVersion7(), Citizen = Guid.CreateVersion7(), Second = Guid.CreateVersion7();

    private static AssistedSession New(Guid? citizen = null) => AssistedSession.Open(
        Guid.CreateVersion7(Now), Helper, "06688", new AssistedCitizen(citizen ?? Citizen, [1], "Bà Cụ"), "Nộp hồ sơ",
        new AssistedPlace(AssistedPlace.Home, null, "06688"), [1, 2], ["dossier.fill"], null, Now, [3]);

    private static AssistedSession In(string state)
    {
        var session = New();
        if (state is AssistedState.Active)
            Assert.True(session.ConsentByCode(Citizen, Now).IsSuccess);
        if (state is AssistedState.AwaitingWitness)
            Assert.True(session.ConsentOnPaper(Now).IsSuccess);
        if (state is AssistedState.Ended)
            Assert.True(session.End(Helper, Now).IsSuccess);
        if (state is AssistedState.Revoked)
            Assert.True(session.End(Citizen, Now).IsSuccess);
        if (state is AssistedState.Expired)
            Assert.True(session.Expire(Now + AssistedSession.ConsentWindow));
        Assert.Equal(state, session.State);
        return session;
    }

    [Theory]
    [InlineData(AssistedState.AwaitingConsent, true, true, false, true)]
    [InlineData(AssistedState.AwaitingWitness, false, false, true, true)]
    [InlineData(AssistedState.Active, false, false, false, true)]
    [InlineData(AssistedState.Ended, false, false, false, false)]
    [InlineData(AssistedState.Revoked, false, false, false, false)]
    [InlineData(AssistedState.Expired, false, false, false, false)]
    public void Each_state_allows_what_it_allows_and_nothing_else(string state, bool code, bool paper, bool witness, bool end)
    {
        Assert.Equal(code, In(state).ConsentByCode(Citizen, Now).IsSuccess);
        Assert.Equal(paper, In(state).ConsentOnPaper(Now).IsSuccess);
        Assert.Equal(witness, In(state).Witness(Second, "06688", Citizen, Now).IsSuccess);
        Assert.Equal(end, In(state).End(Helper, Now).IsSuccess);
    }

    [Fact]
    public void It_lasts_an_hour_from_consent_and_not_a_moment_longer()
    {
        var session = In(AssistedState.Active);
        Assert.True(session.IsActiveAt(Now + AssistedSession.Length - TimeSpan.FromTicks(1)));
        Assert.False(session.IsActiveAt(Now + AssistedSession.Length));
        Assert.Equal(AssistedState.Expired, session.StateAt(Now + AssistedSession.Length));
        Assert.Equal(IdentityErrors.AssistedOver, session.End(Helper, Now + AssistedSession.Length).Error);
        Assert.False(session.Expire(Now + TimeSpan.FromMinutes(59)));
        Assert.True(session.Expire(Now + TimeSpan.FromMinutes(75)));
        // It ended when its time was over, not when somebody noticed.
        Assert.Equal(Now + AssistedSession.Length, session.EndedAt);
        Assert.False(session.Expire(Now + TimeSpan.FromMinutes(76)));
    }

    [Fact]
    public void Consent_comes_within_a_quarter_of_an_hour_and_a_witness_within_another()
    {
        var late = Now + AssistedSession.ConsentWindow;
        Assert.Equal(IdentityErrors.AssistedWrongState, New().ConsentByCode(Citizen, late).Error);
        Assert.Equal(IdentityErrors.AssistedWrongState, New().ConsentOnPaper(late).Error);
        var paper = New();
        Assert.True(paper.ConsentOnPaper(Now + TimeSpan.FromMinutes(14)).IsSuccess);
        Assert.Equal(IdentityErrors.AssistedWrongState, paper.Witness(Second, "06688", Citizen, Now + TimeSpan.FromMinutes(29)).Error);
        Assert.True(paper.Witness(Second, "06688", Citizen, Now + TimeSpan.FromMinutes(28)).IsSuccess);
        Assert.Equal(Now + TimeSpan.FromMinutes(88), paper.ExpiresAt);
    }

    [Fact]
    public void The_witness_is_somebody_else_of_the_same_unit()
    {
        Assert.Equal(IdentityErrors.WitnessNotAnother, In(AssistedState.AwaitingWitness).Witness(Helper, "06688", Citizen, Now).Error);
        Assert.Equal(IdentityErrors.WitnessNotAnother, In(AssistedState.AwaitingWitness).Witness(Second, "06652", Citizen, Now).Error);
        Assert.Equal(IdentityErrors.WitnessNotAnother, In(AssistedState.AwaitingWitness).Witness(Second, null, Citizen, Now).Error);
        Assert.Equal(IdentityErrors.WitnessNotAnother, In(AssistedState.AwaitingWitness).Witness(Citizen, "06688", Citizen, Now).Error);
    }

    [Fact]
    public void What_was_kept_to_open_an_account_is_erased_when_it_is_not_needed_any_more()
    {
        Assert.NotNull(New().SealedOpening);
        foreach (var state in new[] { AssistedState.Active, AssistedState.Ended, AssistedState.Revoked, AssistedState.Expired })
            Assert.Null(In(state).SealedOpening);
    }

    [Theory]
    [InlineData("0987000001", "+84987000001")]
    [InlineData("+84 987 000 001", "+84987000001")]
    [InlineData("0323.456.789", "+84323456789")]
    [InlineData("0203123456", null)]
    [InlineData("0162345678", null)]
    [InlineData("01623456789", "+84323456789")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_telephone_is_a_vietnamese_mobile_number(string? text, string? number) => Assert.Equal(number, AssistedRules.Mobile(text));

    [Fact]
    public void A_scan_is_what_its_content_says()
    {
        Assert.Equal("application/pdf", ScanType.Of(AssistedHelp.Pdf));
        Assert.Equal("image/jpeg", ScanType.Of([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 0xFF, 0xD9]));
        Assert.Equal("image/png", ScanType.Of([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. "IEND"u8]));
        Assert.Null(ScanType.Of(AssistedHelp.Pdf.AsSpan(0, 30)));
        Assert.Null(ScanType.Of("<html>"u8));
        Assert.Null(ScanType.Of([]));
    }
}
