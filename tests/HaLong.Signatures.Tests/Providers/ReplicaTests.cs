using HaLong.Signatures.Domain;
using HaLong.Signatures.Features.Credentials;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.BuiltIn;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Several replicas on one database, and crashes between the steps.</summary>
[Collection(CredentialTests.Name)]
public sealed class ReplicaTests(CredentialFixture fixture, Servers servers)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<ServiceFactory<Program>> ReplicaAsync()
    {
        var configuration = fixture.Service.Services.GetRequiredService<IConfiguration>();
        var factory = new ServiceFactory<Program>(servers, fixture.Tokens).WithBroker(fixture.Service.Broker);
        foreach (var key in new[] { "ConnectionStrings:signature-db", "Pki:KeyPassword", "Pki:Organisation", "services:identity:grpc:0",
            "Credentials:PinIterations",
            "Credentials:SweepSeconds", "TimeStamps:RetrySeconds" })
            factory.WithSetting(key, configuration[key]);
        return await factory.WithServices(s => s.AddSingleton<TimeProvider>(fixture.Time)).StartAsync(waitForBus: false);
    }

    [Fact]
    public async Task Wrong_PINs_count_together_and_an_order_is_signed_once()
    {
        using var still = fixture.Time.Stand();
        await using var replica = await ReplicaAsync();
        var other = replica.Services.GetRequiredService<ISigningProvider>();
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes(3));
        (await fixture.Provider.BeginAsync(order, Ct)).Succeeded();
        var code = fixture.People.CodeOf(order.Id);
        (await other.SignAsync(order, new SignerProof("482914", code), Ct)).Refused(ActivationErrors.PinWrong);
        (await fixture.Provider.SignAsync(order, new SignerProof(Pin, code), Ct)).Refused(ActivationErrors.PinTooSoon);
        fixture.Time.Shift += TimeSpan.FromSeconds(1);

        var answers = await Task.WhenAll(new[] { fixture.Provider, other }.Select(p => Task.Run(() => p.SignAsync(order, new SignerProof(Pin, code), Ct))));
        var signed = answers.Where(a => a.Succeeded().State == HashState.Signed).Select(a => a.Value.Signatures).ToList();
        Assert.NotEmpty(signed);
        Assert.All(signed, s => Assert.Equal(signed[0], s));
        Assert.Equal(signed[0], (await other.AskAsync(order, Ct)).Succeeded().Signatures);
        Assert.Equal(1, await fixture.QueryAsync(db => db.SigningLog.CountAsync(o => o.CredentialId == credential, Ct)));

        // Both sweep at once what nobody signed: each row is ended once.
        var late = Order(account, credential, Hashes());
        (await other.BeginAsync(late, Ct)).Succeeded();
        fixture.Time.Shift += TimeSpan.FromMinutes(5);
        await Task.WhenAll(fixture.SweepAsync(), replica.Services.GetRequiredService<CredentialSweep>().RunAsync(Ct));
        Assert.Equal(OrderOutcome.Expired, await fixture.QueryAsync(db => db.SigningLog.Where(o => o.Id == late.Id).Select(o => o.Outcome).SingleAsync(Ct)));
    }

    [Fact]
    public async Task After_a_crash_between_authorising_and_signing_the_person_authorises_again()
    {
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes());
        (await fixture.Provider.BeginAsync(order, Ct)).Succeeded();
        var code = fixture.People.CodeOf(order.Id);
        await using (var scope = fixture.Service.Services.CreateAsyncScope())
        {
            var begun = await scope.ServiceProvider.GetRequiredService<OrderBook>().FindAsync(order.Id, Ct);
            (await scope.ServiceProvider.GetRequiredService<OrderAuthorisation>().AuthoriseAsync(begun!, Pin, code, Ct)).Succeeded();
        }

        Assert.Equal(HashState.Pending, (await fixture.Provider.AskAsync(order, Ct)).Succeeded().State);
        Assert.Equal(HashState.Signed, (await fixture.Provider.SignAsync(order, new SignerProof(Pin, code), Ct)).Succeeded().State);
    }

    [Fact]
    public async Task After_a_crash_before_the_code_was_sent_beginning_again_sends_it()
    {
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes());
        fixture.People.IsDown = true;
        try
        {
            (await fixture.Provider.BeginAsync(order, Ct)).Refused(CredentialErrors.IdentityAway);
        }
        finally
        {
            fixture.People.IsDown = false;
        }

        (await fixture.Provider.SignAsync(order, new SignerProof(Pin, "123456"), Ct)).Refused(ActivationErrors.NoChallenge);
        var steps = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => fixture.Provider.BeginAsync(order, Ct))));
        // The database keeps microseconds.
        Assert.InRange(steps.Max(s => s.Succeeded().Until) - steps.Min(s => s.Succeeded().Until), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.Single(fixture.People.Letters, l => l.Key == order.Id.ToString());
        Assert.Equal(HashState.Signed, (await fixture.Provider.SignAsync(order, new SignerProof(Pin, fixture.People.CodeOf(order.Id)), Ct)).Succeeded().State);
    }

    [Fact]
    public async Task Begun_twice_at_once_it_is_one_order_and_an_id_is_for_one_list_of_hashes()
    {
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes());
        var others = order with { Hashes = Hashes() };
        var steps = await Task.WhenAll(new[] { order, order, others }.Select(o => Task.Run(() => fixture.Provider.BeginAsync(o, Ct))));
        Assert.Contains(steps, s => s.IsSuccess);
        Assert.All(steps.Where(s => !s.IsSuccess), s => Assert.Equal(ActivationErrors.OtherOrder.Code, s.Error.Code));
        Assert.Equal(1, await fixture.QueryAsync(db => db.SigningActivations.CountAsync(a => a.CredentialId == credential, Ct)));
    }

    [Fact]
    public async Task A_callers_transaction_that_is_rolled_back_takes_neither_signature_nor_wrong_PIN_back()
    {
        var (account, credential) = await fixture.SignerAsync();
        var (order, wrong) = (Order(account, credential, Hashes()), Order(account, credential, Hashes()));
        await using (var scope = fixture.Service.Services.CreateAsyncScope())
        {
            await using var transaction = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().Database.BeginTransactionAsync(Ct);
            Assert.True((await fixture.SignAsync(order)).IsSuccess);
            (await fixture.SignAsync(wrong, "482914")).Refused(ActivationErrors.PinWrong);
            await transaction.RollbackAsync(Ct);
        }

        Assert.Equal(HashState.Signed, (await fixture.Provider.AskAsync(order, Ct)).Succeeded().State);
        (await fixture.SignAsync(wrong)).Refused(ActivationErrors.PinTooSoon);
    }

    [Fact]
    public async Task A_key_whose_password_was_lost_is_not_the_persons_fault()
    {
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes());
        (await fixture.Provider.BeginAsync(order, Ct)).Succeeded();
        await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == credential).ExecuteUpdateAsync(s => s.SetProperty(c => c.SealedKey,
            new byte[64]), Ct));
        var thrown = await Assert.ThrowsAsync<HaLong.ServiceDefaults.ErrorException>(() =>
            fixture.Provider.SignAsync(order, new SignerProof(Pin, fixture.People.CodeOf(order.Id)), Ct));
        Assert.Equal(SignatureErrors.NotReady.Code, thrown.Error.Code);
        Assert.False(await fixture.QueryAsync(db => db.PinGuards.AnyAsync(g => g.CredentialId == credential && g.Failures > 0, Ct)));
    }
}
