using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Signing with our own credentials: PIN and code, one order at a time, nothing twice and nothing else.</summary>
[Collection(CredentialTests.Name)]
public sealed class BuiltInProviderTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SignerProof Proof(string code, string pin = Pin) => new(pin, code);

    private async Task<(HashOrder Order, string Code)> BegunAsync(int hashes = 1)
    {
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes(hashes));
        (await fixture.Provider.BeginAsync(order, Ct)).Succeeded();
        return (order, fixture.People.CodeOf(order.Id));
    }

    private Task<int> LoggedAsync(HashOrder order, OrderOutcome outcome) =>
        fixture.QueryAsync(db => db.SigningLog.CountAsync(o => o.Id == order.Id && o.Outcome == outcome, Ct));

    private void Later(TimeSpan by) => fixture.Time.Shift += by;

    private static string Other(string code) => code == "000000" ? "000001" : "000000";

    [Fact]
    public async Task PIN_and_code_give_a_signature_for_each_hash_that_anybody_can_verify()
    {
        var (order, code) = await BegunAsync(hashes: 200);
        var step = (await fixture.Provider.BeginAsync(order, Ct)).Succeeded();
        Assert.Equal((SignerNeeds.Pin | SignerNeeds.OneTimeCode, "***678", order.Id.ToString()), (step.Needs, step.CodeSentTo, step.Transaction));
        Assert.Equal(HashState.Pending, (await fixture.Provider.AskAsync(order, Ct)).Succeeded().State);

        var outcome = (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Succeeded();
        Assert.Equal((HashState.Signed, 200), (outcome.State, outcome.Signatures.Count));
        using var certificate = await fixture.CertificateAsync(order.Signer.AccountId, Guid.Parse(order.CredentialId));
        using var key = certificate.GetECDsaPublicKey()!;
        Assert.All(order.Hashes.Zip(outcome.Signatures), pair =>
            Assert.True(key.VerifyHash(pair.First, pair.Second!, DSASignatureFormat.Rfc3279DerSequence)));
        var row = await fixture.QueryAsync(db => db.SigningLog.SingleAsync(o => o.Id == order.Id, Ct));
        Assert.Equal((200, OrderOutcome.Signed, ActivationDoor.Platform), (row.HashCount, row.Outcome, row.Door));
    }

    [Fact]
    public async Task The_text_says_how_many_documents_and_what_to_compare()
    {
        var (order, _) = await BegunAsync(hashes: 3);
        var values = fixture.People.Letters[order.Id.ToString()].Values;
        Assert.Equal(("3", HashList.Mark(HashList.Digest(order.Hashes, order.Algorithm))), (values["count"], values["mark"]));
        Assert.DoesNotContain(fixture.People.Authorizations, a => !a.StartsWith("Bearer ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_order_again_gives_the_same_signatures_and_begins_nothing_new()
    {
        var (order, code) = await BegunAsync(hashes: 2);
        var first = (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Succeeded();
        var again = (await fixture.Provider.SignAsync(order, Proof("wrong", "wrong"), Ct)).Succeeded();
        var asked = (await fixture.Provider.AskAsync(order, Ct)).Succeeded();
        Assert.Equal(first.Signatures, again.Signatures);
        Assert.Equal(first.Signatures, asked.Signatures);
        (await fixture.Provider.BeginAsync(order, Ct)).Succeeded();
        Assert.Equal(1, await LoggedAsync(order, OrderOutcome.Signed));
        Assert.Single(fixture.People.Letters, l => l.Key == order.Id.ToString());
    }

    [Fact]
    public async Task Other_hashes_another_credential_and_another_signer_are_refused()
    {
        var (order, code) = await BegunAsync();
        var (stranger, credential) = await fixture.SignerAsync();
        foreach (var other in new[]
        {
            order with { Hashes = Hashes() }, order with { Hashes = [order.Hashes[0], order.Hashes[0]] }, order with { Signer = new SignerIdentity(stranger) },
            order with { CredentialId = credential.ToString() }, order with { CredentialId = "x" },
        })
        {
            (await fixture.Provider.SignAsync(other, Proof(code), Ct)).Refused(ActivationErrors.OtherOrder);
            (await fixture.Provider.BeginAsync(other, Ct)).Refused(ActivationErrors.OtherOrder);
            (await fixture.Provider.AskAsync(other, Ct)).Refused(ActivationErrors.OtherOrder);
        }

        (await fixture.Provider.BeginAsync(Order(stranger, Guid.Parse(order.CredentialId), Hashes()), Ct)).Refused(CredentialErrors.NotFound);
        (await fixture.Provider.SignAsync(Order(stranger, credential, Hashes()), Proof(code), Ct)).Refused(ActivationErrors.OrderNotFound);
        Assert.Equal(HashState.Signed, (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Succeeded().State);
    }

    [Fact]
    public async Task An_order_has_hashes_of_the_right_length_by_an_algorithm_of_the_key()
    {
        var (account, credential) = await fixture.SignerAsync();
        var order = Order(account, credential, Hashes());
        foreach (var bad in new[]
        {
            order with { Hashes = [] }, order with { Hashes = [new byte[20]] }, order with { Hashes = Hashes(201) }, order with { Id = Guid.Empty },
            order with { Algorithm = SignatureAlgorithm.RsaSha256 }, order with { Algorithm = SignatureAlgorithm.EcdsaSha512 },
        })
            (await fixture.Provider.BeginAsync(bad, Ct)).Refused(ActivationErrors.OrderNotValid);
        var long512 = order with { Algorithm = SignatureAlgorithm.EcdsaSha512, Hashes = [RandomNumberGenerator.GetBytes(64)] };
        Assert.Equal(HashState.Signed, (await fixture.SignAsync(long512)).Succeeded().State);
    }

    [Fact]
    public async Task A_wrong_code_is_told_before_the_PIN_is_looked_at()
    {
        var (order, code) = await BegunAsync();
        for (var i = 0; i < 5; i++)
            (await fixture.Provider.SignAsync(order, Proof(Other(code), "999999"), Ct)).Refused(ActivationErrors.CodeWrong);
        (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Refused(ActivationErrors.CodeUsedUp);
        Assert.Equal(0, await fixture.QueryAsync(db => db.PinGuards.CountAsync(g => g.CredentialId == Guid.Parse(order.CredentialId), Ct)));
        Assert.Equal(0, await LoggedAsync(order, OrderOutcome.Signed));
    }

    [Fact]
    public async Task After_a_wrong_PIN_even_the_right_one_waits()
    {
        using var still = fixture.Time.Stand();
        var (order, code) = await BegunAsync();
        Assert.Equal(1, (await fixture.Provider.SignAsync(order, Proof(code, "482914"), Ct)).Refused(ActivationErrors.PinWrong).RetryAfterSeconds);
        Assert.Equal(1, (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Refused(ActivationErrors.PinTooSoon).RetryAfterSeconds);
        Later(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await fixture.Provider.SignAsync(order, Proof(code, "482914"), Ct)).Refused(ActivationErrors.PinWrong).RetryAfterSeconds);
        Later(TimeSpan.FromSeconds(2));
        Assert.Equal(HashState.Signed, (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Succeeded().State);
        Assert.Equal(0, await fixture.QueryAsync(db => db.PinGuards.Where(g => g.CredentialId == Guid.Parse(order.CredentialId)).Select(g
            => g.Failures).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_are_one_guess()
    {
        using var still = fixture.Time.Stand();
        var (order, code) = await BegunAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => fixture.Provider.SignAsync(order, Proof(code, $"48291{i + 4}"), Ct)));
        Assert.Single(answers, a => a.Error.Code == ActivationErrors.PinWrong.Code);
        Assert.Equal(3, answers.Count(a => a.Error.Code == ActivationErrors.PinTooSoon.Code));
    }

    [Fact]
    public async Task The_tenth_wrong_PIN_locks_until_there_is_a_new_key()
    {
        var (account, credential) = await fixture.SignerAsync();
        for (var i = 1; i <= 10; i++)
        {
            var order = Order(account, credential, Hashes());
            (await fixture.SignAsync(order, "999991")).Refused(i < 10 ? ActivationErrors.PinWrong : ActivationErrors.PinLocked);
            Later(TimeSpan.FromSeconds(1 << (i - 1)));
        }

        (await fixture.SignAsync(Order(account, credential, Hashes()))).Refused(ActivationErrors.PinLocked);
        using var client = fixture.As(account);
        var next = (await PostAsync(client, $"{Own}/{credential}/renewal", new { forgotten = true })).Expect(System.Net.HttpStatusCode.Created).Id;
        (await PostAsync(client, $"{Own}/{next}/pin", new { newPin = "730518" })).Expect(System.Net.HttpStatusCode.OK);
        Assert.Equal(HashState.Signed, (await fixture.SignAsync(Order(account, next, Hashes()), "730518")).Succeeded().State);
    }

    [Fact]
    public async Task Too_late_is_expired_and_says_so_for_ever()
    {
        var (order, code) = await BegunAsync();
        Later(TimeSpan.FromMinutes(5));
        Assert.Equal((HashState.Expired, "SIG-0232"), await StateAsync(fixture.Provider.SignAsync(order, Proof(code), Ct)));
        Assert.Equal((HashState.Expired, "SIG-0232"), await StateAsync(fixture.Provider.AskAsync(order, Ct)));
        await fixture.SweepAsync();
        Assert.Equal((HashState.Expired, "SIG-0232"), await StateAsync(fixture.Provider.SignAsync(order, Proof(code), Ct)));
        Assert.Equal(1, await LoggedAsync(order, OrderOutcome.Expired));
    }

    private static async Task<(HashState, string)> StateAsync(Task<Result<HashOutcome>> answer) => (await answer).Succeeded() is var a ? (a.State,
        a.Code) : default;

    [Fact]
    public async Task Two_at_once_sign_once()
    {
        var (order, code) = await BegunAsync(hashes: 5);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => fixture.Provider.SignAsync(order, Proof(code), Ct))));
        var signed = answers.Where(a => a.IsSuccess && a.Value.State == HashState.Signed).Select(a => a.Value.Signatures).ToList();
        Assert.NotEmpty(signed);
        Assert.All(signed, s => Assert.Equal(signed[0], s));
        // Whose activation data was replaced by another request's waits for what that one signs.
        Assert.All(answers, a => Assert.Contains(a.Succeeded().State, new[] { HashState.Signed, HashState.Pending }));
        Assert.Equal(1, await LoggedAsync(order, OrderOutcome.Signed));
        Assert.Equal(signed[0], (await fixture.Provider.AskAsync(order, Ct)).Succeeded().Signatures);
    }

    [Fact]
    public async Task Suspended_or_revoked_in_between_signs_nothing()
    {
        foreach (var (path, error) in new[] { ("suspension", CredentialErrors.Suspended), ("revocation", CredentialErrors.Ended) })
        {
            var (order, code) = await BegunAsync();
            using var client = fixture.As(order.Signer.AccountId);
            (await PostAsync(client, $"{Own}/{order.CredentialId}/{path}", new { reason = "keyCompromise" })).Expect(System.Net.HttpStatusCode.OK);
            (await fixture.Provider.SignAsync(order, Proof(code), Ct)).Refused(error);
            (await fixture.Provider.BeginAsync(order with { Id = Guid.CreateVersion7() }, Ct)).Refused(error);
            Assert.Empty((await fixture.Provider.ListAsync(order.Signer, Ct)).Succeeded());
        }
    }

    [Fact]
    public async Task When_identity_is_away_nothing_is_lost()
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

        Assert.Equal(HashState.Signed, (await fixture.SignAsync(order)).Succeeded().State);
        fixture.People.Silent[account] = true;
        (await fixture.Provider.BeginAsync(Order(account, credential, Hashes()), Ct)).Refused(ActivationErrors.NowhereToSend);
    }

    [Fact]
    public async Task A_one_time_credential_signs_one_order_within_a_quarter_of_an_hour_and_loses_its_key()
    {
        var account = fixture.People.Person(assurance: 1);
        using var client = fixture.As(account, strong: false);
        var id = (await PostAsync(client, Own, new { term = "oneTime" })).Expect(System.Net.HttpStatusCode.Created).Id;
        var order = Order(account, id, Hashes(2));
        Assert.Equal(SignerNeeds.OneTimeCode, (await fixture.Provider.BeginAsync(order, Ct)).Succeeded().Needs);
        (await fixture.Provider.BeginAsync(Order(account, id, Hashes()), Ct)).Refused(ActivationErrors.OneOrderOnly);
        Assert.Equal(HashState.Signed, (await fixture.SignAsync(order, pin: "")).Succeeded().State);

        (await fixture.Provider.BeginAsync(Order(account, id, Hashes()), Ct)).Refused(CredentialErrors.Ended);
        var row = await fixture.QueryAsync(db => db.PersonCredentials.SingleAsync(c => c.Id == id, Ct));
        Assert.Equal((CredentialState.Expired, null, null), (row.State, row.SealedKey, row.RevokedAt));
        Assert.Null(await fixture.QueryAsync(db => db.SigningActivations.Where(a => a.Id == order.Id).Select(a => a.SealedKey).SingleAsync(Ct)));

        var unused = (await PostAsync(client, Own, new { term = "oneTime" })).Expect(System.Net.HttpStatusCode.Created).Id;
        Later(TimeSpan.FromMinutes(15));
        (await fixture.Provider.BeginAsync(Order(account, unused, Hashes()), Ct)).Refused(CredentialErrors.Ended);
    }

    [Fact]
    public async Task Orders_are_erased_after_a_day_and_the_log_stays()
    {
        var (order, code) = await BegunAsync();
        await fixture.Provider.SignAsync(order, Proof(code), Ct);
        Later(TimeSpan.FromHours(25));
        await fixture.SweepAsync();
        (await fixture.Provider.AskAsync(order, Ct)).Refused(ActivationErrors.OrderNotFound);
        (await fixture.Provider.BeginAsync(order, Ct)).Refused(ActivationErrors.OtherOrder);
        Assert.Equal(1, await LoggedAsync(order, OrderOutcome.Signed));
        foreach (var sql in new[] { "UPDATE signing_record SET hash_count = 0", "DELETE FROM signing_record", "TRUNCATE signing_record" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
    }
}
