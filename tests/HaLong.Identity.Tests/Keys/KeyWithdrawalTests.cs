using HaLong.Identity.Keys;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Keys;

/// <summary>Moves the clock by weeks, so it has a service of its own.</summary>
public sealed class KeyWithdrawalTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task An_old_key_is_withdrawn_when_its_last_refresh_token_has_run_out()
    {
        var ring = site.Service.Services.GetRequiredService<KeyRing>();
        var oldKey = ring.Current.Signing[0].KeyId;
        var settings = IdentityProgram.Settings(site.Connection);
        settings["Keys:ActivationDelay"] = "00:00:00";
        settings["Keys:PollInterval"] = "00:00:00.200";
        await IdentityProgram.RunAsync("rotate-keys", settings);
        await Eventually.Async(() => Task.FromResult(ring.Current.Signing[0].KeyId != oldKey), "the new key signs");
        Assert.Contains(ring.Current.Signing, k => k.KeyId == oldKey);

        site.Clock.Advance(TokenLifetimes.Refresh + TimeSpan.FromMinutes(30));
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Contains(ring.Current.Signing, k => k.KeyId == oldKey);

        site.Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Async(() => Task.FromResult(ring.Current.Signing.All(k => k.KeyId != oldKey)), "the old key is withdrawn");
    }
}
