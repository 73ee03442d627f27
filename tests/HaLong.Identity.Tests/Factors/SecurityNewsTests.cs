using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Passkeys;
using HaLong.TestSupport;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Factors;

public sealed class SecurityNewsTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Every_change_of_how_to_sign_in_is_told_and_counted_without_names()
    {
        var heard = new ConcurrentQueue<AccountSecurityChanged>();
        var counted = new ConcurrentBag<string>();
        using var listener = Listen(counted);
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(site.Service.Broker));
            rabbit.ReceiveEndpoint("listener", e => e.Handler<AccountSecurityChanged>(c =>
            {
                heard.Enqueue(c.Message);
                return Task.CompletedTask;
            }));
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            await ChangeEverythingAsync();
            string[] expected =
            [
                "authenticator_added", "authenticator_removed", "passkey_added", "passkey_removed", "recovery_code_used", "recovery_codes_renewed",
            ];
            await Eventually.Async(() => Task.FromResult(heard.Count >= expected.Length), "all changes were told");

            var id = await site.IdOfAsync("citizen");
            Assert.Equal(expected, heard.Where(h => h.AccountId == id).Select(h => h.Change).Order(StringComparer.Ordinal));
            Assert.Equal(expected, counted.Order(StringComparer.Ordinal));
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    private async Task ChangeEverythingAsync()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("citizen");
        var (_, codes) = await browser.EnrolAsync(site);
        using var key = await browser.RegisterAsync();
        var other = site.NewBrowser();
        var step = await other.PasswordAsync("citizen");
        await other.FollowAsync(PageForm.Of(await other.PageAsync(step + "?method=recovery"), step), ("code", codes[0]));
        await other.SubmitAsync(PageForm.Of(await other.PageAsync("/account/recovery-codes"), "/account/recovery-codes"));
        await other.FollowAsync(PageForm.Of(await other.PageAsync("/account/passkeys"), "/account/passkeys", "remove"));
        await other.FollowAsync(PageForm.Of(await other.PageAsync("/account/authenticator"), "/account/authenticator"));
    }

    private MeterListener Listen(ConcurrentBag<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                // Other sites of the same process count too.
                if (instrument.Name == "halong.identity.security_changes" && instrument.Meter.Scope == site.Service.Services.GetRequiredService<IMeterFactory>())
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add((string)tags[0].Value!)); // The counter has one label.
        listener.Start();
        return listener;
    }
}
