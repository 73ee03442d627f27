using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Cryptography;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Remote signing by the CSC API: PIN and code are exchanged for a SAD over just these hashes, and that for signatures.</summary>
[Collection(ProviderGroup.Name)]
public sealed class CscTests(ProviderFixture fixture) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISigningProvider Csc => fixture.Provider("csc-lab");

    public async ValueTask InitializeAsync() => await fixture.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<(HashOrder Order, SignerProof Proof)> BeginAsync(string user = ProviderFixture.Hanh, int hashes = 1)
    {
        var order = await fixture.OrderAsync("csc-lab", user, hashes);
        var step = (await Csc.BeginAsync(order, Ct)).Value;
        Assert.Equal(SignerNeeds.Pin | SignerNeeds.OneTimeCode, step.Needs);
        Assert.EndsWith(user[^3..], step.CodeSentTo, StringComparison.Ordinal);
        return (order with { Transaction = step.Transaction }, new SignerProof("123456", await fixture.CodeAsync(order.CredentialId)));
    }

    [Theory]
    [InlineData(ProviderFixture.Hanh)]
    [InlineData(ProviderFixture.Minh)]
    public async Task A_person_signs_with_pin_and_code_and_the_signatures_hold(string user)
    {
        var (order, proof) = await BeginAsync(user, hashes: 4);
        var outcome = (await Csc.SignAsync(order, proof, Ct)).Value;
        Assert.Equal((HashState.Signed, 4), (outcome.State, outcome.Signatures.Count));
        var credential = (await Csc.ListAsync(order.Signer, Ct)).Value.Single();
        Assert.Equal((2, 50), (credential.Chain.Count, credential.MaxHashes));
        Assert.All(order.Hashes.Zip(outcome.Signatures), p => Assert.True(SignatureCheck.Holds(credential.Chain[0], order.Algorithm, p.First, p.Second!)));

        // Signed once: again gives the same, whatever is given, and nobody is asked.
        Assert.Equal(outcome.Signatures, (await Csc.SignAsync(order, new SignerProof("0", "0"), Ct)).Value.Signatures);
        Assert.Equal(outcome.Signatures, (await Csc.AskAsync(order, Ct)).Value.Signatures);
        Assert.Equal(1, await SignedAsync(order));
    }

    [Fact]
    public async Task A_wrong_pin_or_code_is_told_apart_and_may_be_tried_again_until_the_credential_is_locked()
    {
        var (order, proof) = await BeginAsync();
        Assert.Equal("SIG-0405", (await Csc.SignAsync(order, proof with { Pin = "000000" }, Ct)).Error.Code);
        Assert.Equal("SIG-0406", (await Csc.SignAsync(order, proof with { OneTimeCode = "x" }, Ct)).Error.Code);
        Assert.Equal(HashState.Signed, (await Csc.SignAsync(order, proof, Ct)).Value.State);

        var (locked, right) = await BeginAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("SIG-0405", (await Csc.SignAsync(locked, right with { Pin = "000000" }, Ct)).Error.Code);
        Assert.Equal("SIG-0407", (await Csc.SignAsync(locked, right, Ct)).Error.Code);
        Assert.Equal(0, await SignedAsync(locked));
    }

    [Theory]
    [InlineData("refuseCode", "SIG-0406")]
    [InlineData("locked", "SIG-0407")]
    [InlineData("expiredSad", "SIG-0408")]
    [InlineData("disabled", "SIG-0409")]
    [InlineData("wrongCertificate", "SIG-0409")]
    [InlineData("forbidden", "SIG-0411")]
    public async Task What_the_provider_refuses_has_a_code_and_nothing_was_signed(string dial, string code)
    {
        var (order, proof) = await BeginAsync();
        await fixture.DialAsync("csc." + dial, times: dial == "forbidden" ? null : 1);
        Assert.Equal(code, (await Csc.SignAsync(order, proof, Ct)).Error.Code);
        Assert.Equal(0, await SignedAsync(order));
        Assert.Equal(OrderState.Open, (await fixture.RowAsync(order.Id)).State);
    }

    [Theory]
    [InlineData("wrongSignature", "SIGNATURE_MISMATCH")]
    [InlineData("wrongCount", "COUNT_MISMATCH")]
    [InlineData("lostAnswer", "ANSWER_LOST")]
    public async Task What_does_not_hold_is_not_believed_and_a_lost_answer_is_not_asked_for_twice(string dial, string code)
    {
        var (order, proof) = await BeginAsync(hashes: 2);
        await fixture.DialAsync("csc." + dial);
        var outcome = (await Csc.SignAsync(order, proof, Ct)).Value;
        Assert.Equal((HashState.Failed, code), (outcome.State, outcome.Code));
        Assert.Empty(outcome.Signatures);
        Assert.Equal(code, (await Csc.SignAsync(order, proof, Ct)).Value.Code);
        Assert.Equal(1, await SignedAsync(order));
    }

    [Fact]
    public async Task A_token_that_ran_out_is_renewed_once_and_the_client_s_own_refusal_is_for_operators()
    {
        await fixture.DialAsync("csc.unauthorized");
        Assert.NotEmpty((await Csc.ListAsync(new SignerIdentity(Guid.CreateVersion7(), ProviderFixture.Hanh), Ct)).Value);
        await fixture.DialAsync("csc.unauthorized", times: 2);
        Assert.Equal("SIG-0411", (await Csc.ListAsync(new SignerIdentity(Guid.CreateVersion7(), ProviderFixture.Hanh), Ct)).Error.Code);
        await fixture.DialAsync("csc.unknownClient", times: null);
        Assert.Equal("SIG-0411", (await Csc.ListAsync(new SignerIdentity(Guid.CreateVersion7(), ProviderFixture.Hanh), Ct)).Error.Code);
        Assert.Equal("SIG-0411", (await fixture.Provider("csc-stranger").ListAsync(new SignerIdentity(Guid.CreateVersion7(), "x"), Ct)).Error.Code);
        Assert.Contains(fixture.Logs.Lines, l => l.Contains(" 5086 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_is_away_once_is_asked_again_and_one_that_stays_away_is_unavailable()
    {
        await fixture.DialAsync("csc.down");
        Assert.NotEmpty((await Csc.ListAsync(new SignerIdentity(Guid.CreateVersion7(), ProviderFixture.Hanh), Ct)).Value);
        Assert.Equal("SIG-0402", (await fixture.Provider("csc-away").ListAsync(new SignerIdentity(Guid.CreateVersion7(), "x"), Ct)).Error.Code);
        var (order, proof) = await BeginAsync();
        await fixture.DialAsync("csc.down", times: null);
        Assert.Equal("SIG-0402", (await Csc.SignAsync(order, proof, Ct)).Error.Code);
        await fixture.ClearAsync();
        Assert.Equal(HashState.Signed, (await Csc.SignAsync(order, proof, Ct)).Value.State);
    }

    [Fact]
    public async Task An_order_whose_code_could_not_be_sent_is_begun_again_with_one()
    {
        var order = await fixture.OrderAsync("csc-lab", ProviderFixture.Hanh);
        await fixture.DialAsync("csc.noCode");
        Assert.Equal("SIG-0402", (await Csc.BeginAsync(order, Ct)).Error.Code);
        Assert.NotEmpty((await Csc.BeginAsync(order, Ct)).Value.CodeSentTo);
        // And once begun it sends no other.
        Assert.Empty((await Csc.BeginAsync(order, Ct)).Value.CodeSentTo);
        Assert.Equal(HashState.Signed, (await Csc.SignAsync(order, new SignerProof("123456", await fixture.CodeAsync(order.CredentialId)), Ct)).Value.State);
    }

    [Fact]
    public async Task Only_the_person_s_own_credentials_sign_and_only_what_was_begun()
    {
        var order = await fixture.OrderAsync("csc-lab", ProviderFixture.Hanh);
        Assert.Equal("SIG-0410", (await Csc.BeginAsync(order with { CredentialId = "csc-minh" }, Ct)).Error.Code);
        Assert.Equal("SIG-0404", (await Csc.BeginAsync(order with { Signer = new SignerIdentity(Guid.CreateVersion7()) }, Ct)).Error.Code);
        Assert.Equal("SIG-0416", (await Csc.BeginAsync(order with { Hashes = [] }, Ct)).Error.Code);
        Assert.Equal("SIG-0416", (await Csc.BeginAsync(order with { Hashes = [.. Enumerable.Repeat(new byte[32], 51)] }, Ct)).Error.Code);
        Assert.Equal("SIG-0417", (await Csc.BeginAsync(order with { Algorithm = SignatureAlgorithm.RsaSha256 }, Ct)).Error.Code);
        Assert.Equal("SIG-0418", (await Csc.SignAsync(order, new SignerProof("", ""), Ct)).Error.Code);
        Assert.True((await Csc.BeginAsync(order, Ct)).IsSuccess);
        Assert.Equal("SIG-0415", (await Csc.SignAsync(order with { Hashes = [new byte[32]] }, new SignerProof("", ""), Ct)).Error.Code);
        fixture.Time.Shift = TimeSpan.FromMinutes(6);
        Assert.Equal("SIG-0408", (await Csc.SignAsync(order, new SignerProof("123456", "1"), Ct)).Error.Code);
    }

    [Fact]
    public async Task Two_who_sign_at_once_sign_once()
    {
        var (order, proof) = await BeginAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Csc.SignAsync(order, proof, Ct)));
        Assert.All(outcomes, o => Assert.True(o.IsSuccess ? o.Value.State == HashState.Signed : o.Error.Code == "SIG-0419"));
        Assert.Contains(outcomes, o => o.IsSuccess);
        Assert.Equal(1, await SignedAsync(order));
    }

    [Fact]
    public async Task An_order_whose_process_died_while_it_signed_ends_as_lost()
    {
        var (order, _) = await BeginAsync();
        await fixture.Service.InScopeAsync<SignatureDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $"UPDATE provider_order SET state = 'Sent', ask_at = created_at WHERE id = {order.Id}", Ct));
        await fixture.Sweep.RunAsync(Ct);
        await Eventually.Async(async () => (await Csc.AskAsync(order, Ct)).Value is { State: HashState.Failed, Code: ProviderCodes.AnswerLost }, "the order is given up");
    }

    [Fact]
    public async Task Pin_code_and_client_secret_are_nowhere_to_be_found()
    {
        var (order, proof) = await BeginAsync();
        await Csc.SignAsync(order, new SignerProof("739182", proof.OneTimeCode), Ct);
        await Csc.SignAsync(order, proof, Ct);
        Assert.DoesNotContain(fixture.Logs.Lines, l => l.Contains("739182", StringComparison.Ordinal) || l.Contains(ProviderFixture.CscSecret, StringComparison.Ordinal)
            || l.Contains(ProviderFixture.Hanh, StringComparison.Ordinal));
        Assert.Equal("SignerProof", new SignerProof("739182", "1").ToString());
    }

    private async Task<int> SignedAsync(HashOrder order)
    {
        using var orders = System.Text.Json.JsonDocument.Parse(await fixture.Lab.GetStringAsync(new Uri("/signing/csc/orders", UriKind.Relative), Ct));
        return orders.RootElement.TryGetProperty(order.Id.ToString("N"), out var count) ? count.GetInt32() : 0;
    }
}
