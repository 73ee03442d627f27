using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Tests.Tools;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>What operators see: numbers by kind, never whose.</summary>
[Collection(CredentialTests.Name)]
public sealed class CredentialTelemetryTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moves_orders_and_PINs_are_counted()
    {
        var measured = new ConcurrentBag<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            {
                if (i.Meter.Name == SignatureTelemetry.Name)
                    l.EnableMeasurementEvents(i);
            },
        };
        meters.SetMeasurementEventCallback<long>((i, _, tags, _) => measured.Add(i.Name + string.Concat(tags.ToArray().Select(t => $" {t.Key}={t.Value}"))));
        meters.Start();

        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes());
        (await fixture.SignAsync(order, "482914")).Refused(ActivationErrors.PinWrong);
        (await fixture.SignAsync(order)).Refused(ActivationErrors.PinTooSoon);
        fixture.Time.Shift += TimeSpan.FromSeconds(1);
        Assert.Equal(HashState.Signed, (await fixture.SignAsync(order)).Succeeded().State);
        var late = Order(account, credential, Hashes());
        (await fixture.Provider.BeginAsync(late, Ct)).Succeeded();
        fixture.Time.Shift += TimeSpan.FromMinutes(5);
        await fixture.SweepAsync();
        await PostAsync(fixture.As(account), $"{Own}/{credential}/suspension");

        foreach (var expected in new[]
        {
            "halong.signature.credential_moves move=Requested", "halong.signature.credential_moves move=Issued",
            "halong.signature.credential_moves move=Suspended", "halong.signature.pins outcome=wrong", "halong.signature.pins outcome=too_soon",
            "halong.signature.pins outcome=right", "halong.signature.orders outcome=signed door=Platform",
                "halong.signature.orders outcome=expired door=Platform",
        })
            Assert.Contains(expected, measured);
        Assert.DoesNotContain(measured, m => m.Contains(account.ToString(), StringComparison.Ordinal) || m.Contains(credential.ToString(),
            StringComparison.Ordinal));
    }
}
