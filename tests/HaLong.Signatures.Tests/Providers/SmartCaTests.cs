using System.Globalization;
using System.Net;
using System.Text;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Providers.SmartCa;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Signing on a telephone: the answer comes by a notice, by asking, late, twice, first, wrong, or never.</summary>
[Collection(ProviderGroup.Name)]
public sealed class SmartCaTests(ProviderFixture fixture) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISigningProvider SmartCa => fixture.Provider("smartca");

    private static SignerProof Nothing => new("", "");

    public async ValueTask InitializeAsync() => await fixture.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<(HashOrder Order, AuthorisationStep Step)> BeginAsync(string user = ProviderFixture.Hanh, int hashes = 1)
    {
        var order = await fixture.OrderAsync("smartca", user, hashes);
        var step = await SmartCa.BeginAsync(order, Ct);
        return (order, step.IsSuccess ? step.Value : throw new InvalidOperationException(step.Error.Code));
    }

    private async Task<HashOutcome> OutcomeAsync(HashOrder order) => (await SmartCa.AskAsync(order, Ct)).Value;

    // Due at once, as after the wait.
    private async Task<HashOutcome> AskAtOnceAsync(HashOrder order)
    {
        await fixture.Service.InScopeAsync<SignatureDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $"UPDATE provider_order SET ask_at = created_at WHERE id = {order.Id} AND ask_at IS NOT NULL", Ct));
        await fixture.Sweep.RunAsync(Ct);
        // The background turn may have claimed it at the same moment.
        await Eventually.Async(async () => (await fixture.RowAsync(order.Id)).AskAt is not { } at || at > fixture.Time.GetUtcNow(), "the order was asked about");
        return await OutcomeAsync(order);
    }

    [Theory]
    [InlineData(ProviderFixture.Hanh, false)]
    [InlineData(ProviderFixture.Minh, true)]
    public async Task A_person_confirms_and_the_notice_brings_signatures_that_hold(string user, bool rsa)
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker, typeof(ProviderAnswered));
        var (order, step) = await BeginAsync(user, hashes: 3);
        Assert.Equal(rsa, order.Algorithm.IsRsa);
        Assert.Equal((SignerNeeds.None, true), (step.Needs, step.Until > fixture.Time.GetUtcNow()));
        Assert.Equal(HashState.Pending, (await SmartCa.SignAsync(order, Nothing, Ct)).Value.State);

        Assert.Equal("200", string.Join(", ", await fixture.AnswerAsync(step.Transaction)));

        var outcome = await OutcomeAsync(order);
        Assert.Equal((HashState.Signed, 3), (outcome.State, outcome.Signatures.Count));
        var certificate = (await SmartCa.ListAsync(order.Signer, Ct)).Value[0].Chain[0];
        foreach (var (hash, signature) in order.Hashes.Zip(outcome.Signatures))
            Assert.True(SignatureCheck.Holds(certificate, order.Algorithm, hash, signature!));
        await Eventually.Async(() => Task.FromResult(probe.Heard.Any(h => h.GetProperty("orderId").GetGuid() == order.Id)), "ProviderAnswered");
        // Signed once; asked again it is the same.
        Assert.Equal(outcome.Signatures, (await SmartCa.SignAsync(order, Nothing, Ct)).Value.Signatures);
    }

    [Fact]
    public async Task Beginning_again_asks_nobody_again_and_another_content_under_the_same_id_is_refused()
    {
        var (order, step) = await BeginAsync();
        Assert.Equal(step, (await SmartCa.BeginAsync(order, Ct)).Value with { HashesToSign = step.HashesToSign });
        Assert.Equal(step.Transaction, (await fixture.AtGatewayAsync(order.Id)).GetProperty("tranCode").GetString());
        // The two ids are not the same thing.
        Assert.NotEqual(step.Transaction, order.Id.ToString("N"));

        var other = order with { Hashes = [new byte[32]] };
        Assert.Equal("SIG-0415", (await SmartCa.BeginAsync(other, Ct)).Error.Code);
        Assert.Equal("SIG-0415", (await SmartCa.AskAsync(other, Ct)).Error.Code);
        Assert.Equal("SIG-0418", (await SmartCa.AskAsync(order with { Id = Guid.CreateVersion7() }, Ct)).Error.Code);
    }

    [Fact]
    public async Task Many_who_begin_the_same_order_at_once_ask_the_person_once()
    {
        var order = await fixture.OrderAsync("smartca", ProviderFixture.Hanh);
        var steps = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SmartCa.BeginAsync(order, Ct)));
        Assert.All(steps, s => Assert.True(s.IsSuccess));
        Assert.NotEmpty((await fixture.AtGatewayAsync(order.Id)).GetProperty("tranCode").GetString()!);
    }

    [Theory]
    [InlineData("decline", "Declined", "SIGNER_REJECTED")]
    [InlineData("fail", "Failed", "SIGN_FAILED")]
    public async Task A_refusal_on_the_telephone_ends_the_order(string answer, string state, string code)
    {
        var (order, step) = await BeginAsync();
        await fixture.AnswerAsync(step.Transaction, answer);
        Assert.Equal((state, code), (await OutcomeAsync(order) is var o ? (o.State.ToString(), o.Code) : default));
    }

    [Fact]
    public async Task Without_a_notice_the_answer_is_asked_for()
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker, typeof(ProviderAnswered));
        await fixture.DialAsync("smartca.dropHook");
        var (order, step) = await BeginAsync(ProviderFixture.Minh, hashes: 2);
        Assert.Equal(HashState.Pending, (await AskAtOnceAsync(order)).State);
        await fixture.AnswerAsync(step.Transaction);
        Assert.Equal(HashState.Signed, (await AskAtOnceAsync(order)).State);
        await Eventually.Async(() => Task.FromResult(probe.Heard.Any(h => h.GetProperty("orderId").GetGuid() == order.Id)), "ProviderAnswered");
    }

    [Fact]
    public async Task A_notice_that_comes_before_the_answer_to_the_order_finds_it()
    {
        await fixture.DialAsync("smartca.hookFirst");
        var (order, step) = await BeginAsync();
        Assert.NotEmpty(step.Transaction);
        Assert.Equal(HashState.Signed, (await OutcomeAsync(order)).State);
        Assert.Equal(step.Transaction, (await fixture.RowAsync(order.Id)).TheirTransaction);
    }

    [Fact]
    public async Task A_notice_that_comes_three_times_counts_once()
    {
        await fixture.DialAsync("smartca.hookTwice", value: 2);
        var (order, step) = await BeginAsync();
        Assert.Equal("200, 200, 200", string.Join(", ", await fixture.AnswerAsync(step.Transaction)));
        var first = await fixture.RowAsync(order.Id);
        Assert.Equal(OrderState.Signed, first.State);
        await fixture.AnswerAsync(step.Transaction);
        Assert.Equal(first.EndedAt, (await fixture.RowAsync(order.Id)).EndedAt);
    }

    [Fact]
    public async Task An_answer_after_the_end_is_heard_and_changes_nothing()
    {
        var (order, step) = await BeginAsync();
        await fixture.DialAsync("smartca.dropHook");
        // The gateway's clock stands where the person confirms in its last second; ours is past the end.
        await fixture.AnswerAsync(step.Transaction, "decline");
        await fixture.Service.InScopeAsync<SignatureDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $"UPDATE provider_order SET state = 'Expired', code = 'EXPIRED', ask_at = NULL, ended_at = now() WHERE id = {order.Id}", Ct));
        Assert.Equal("200", string.Join(", ", await fixture.AnswerAsync(step.Transaction)));
        Assert.Equal(HashState.Expired, (await OutcomeAsync(order)).State);
    }

    [Fact]
    public async Task Nobody_answers_and_the_order_expires()
    {
        var (order, _) = await BeginAsync();
        fixture.Time.Shift = TimeSpan.FromMinutes(6);
        Assert.Equal((HashState.Expired, "EXPIRED"), await AskAtOnceAsync(order) is var o ? (o.State, o.Code) : default);
    }

    [Fact]
    public async Task The_lost_answer_to_an_order_is_waited_for_by_our_id_and_never_sent_again()
    {
        await fixture.DialAsync("smartca.lostAnswer");
        var (order, step) = await BeginAsync();
        Assert.Empty(step.Transaction);
        Assert.Equal(HashState.Pending, (await AskAtOnceAsync(order)).State);
        var theirs = (await fixture.AtGatewayAsync(order.Id)).GetProperty("tranCode").GetString()!;
        await fixture.AnswerAsync(theirs);
        Assert.Equal(HashState.Signed, (await OutcomeAsync(order)).State);

        await fixture.DialAsync("smartca.lostAnswer");
        var (never, _) = await BeginAsync();
        fixture.Time.Shift = TimeSpan.FromMinutes(6);
        Assert.Equal((HashState.Failed, "ANSWER_LOST"), await AskAtOnceAsync(never) is var o ? (o.State, o.Code) : default);
    }

    [Theory]
    [InlineData("wrongSignature", "SIGNATURE_MISMATCH")]
    [InlineData("wrongCount", "COUNT_MISMATCH")]
    public async Task What_does_not_hold_is_not_believed(string dial, string code)
    {
        var (order, step) = await BeginAsync(hashes: 2);
        await fixture.DialAsync("smartca." + dial);
        await fixture.AnswerAsync(step.Transaction);
        Assert.Equal((HashState.Failed, code), await OutcomeAsync(order) is var o ? (o.State, o.Code) : default);
    }

    [Fact]
    public async Task Somebody_else_s_certificate_makes_every_signature_worthless()
    {
        var order = await fixture.OrderAsync("smartca", ProviderFixture.Hanh);
        await fixture.DialAsync("smartca.wrongCertificate");
        var step = await SmartCa.BeginAsync(order, Ct);
        if (!step.IsSuccess)
        {
            Assert.Equal("SIG-0417", step.Error.Code);
            return;
        }

        await fixture.AnswerAsync(step.Value.Transaction);
        Assert.Equal("SIGNATURE_MISMATCH", (await OutcomeAsync(order)).Code);
    }

    [Theory]
    [InlineData("down", "SIG-0402")]
    [InlineData("unauthorized", "SIG-0411")]
    [InlineData("forbidden", "SIG-0409")]
    public async Task What_the_gateway_refuses_has_a_code_and_can_be_begun_again(string dial, string code)
    {
        var order = await fixture.OrderAsync("smartca", ProviderFixture.Hanh);
        await fixture.DialAsync("smartca." + dial, times: null);
        Assert.Equal(code, (await SmartCa.BeginAsync(order, Ct)).Error.Code);
        await fixture.ClearAsync();
        Assert.NotEmpty((await SmartCa.BeginAsync(order, Ct)).Value.Transaction);
    }

    [Fact]
    public async Task While_the_gateway_is_away_an_order_waits_and_a_disabled_credential_ends_it()
    {
        var (order, _) = await BeginAsync();
        await fixture.DialAsync("smartca.down", times: null);
        Assert.Equal(HashState.Pending, (await AskAtOnceAsync(order)).State);
        await fixture.DialsOffAsync();
        await fixture.DialAsync("smartca.unauthorized");
        Assert.Equal(HashState.Pending, (await AskAtOnceAsync(order)).State);
        await fixture.DialsOffAsync();
        await fixture.DialAsync("smartca.forbidden");
        Assert.Equal((HashState.Failed, "CREDENTIAL_STATUS_INVALID"), await AskAtOnceAsync(order) is var o ? (o.State, o.Code) : default);
    }

    [Fact]
    public async Task Orders_that_cannot_be_are_refused_before_anybody_is_asked()
    {
        var order = await fixture.OrderAsync("smartca", ProviderFixture.Hanh);
        Assert.Equal("SIG-0416", (await SmartCa.BeginAsync(order with { Hashes = [], Titles = [] }, Ct)).Error.Code);
        Assert.Equal("SIG-0416", (await SmartCa.BeginAsync(order with { Titles = [] }, Ct)).Error.Code);
        Assert.Equal("SIG-0417", (await SmartCa.BeginAsync(order with { Algorithm = SignatureAlgorithm.EcdsaSha384, Hashes = [new byte[48]] }, Ct)).Error.Code);
        Assert.Equal("SIG-0417", (await SmartCa.BeginAsync(order with { Algorithm = SignatureAlgorithm.RsaSha256 }, Ct)).Error.Code);
        Assert.Equal("SIG-0410", (await SmartCa.BeginAsync(order with { CredentialId = "00" }, Ct)).Error.Code);
        Assert.Equal("SIG-0404", (await SmartCa.BeginAsync(order with { Signer = new SignerIdentity(Guid.CreateVersion7()) }, Ct)).Error.Code);
        Assert.Empty((await SmartCa.ListAsync(new SignerIdentity(Guid.CreateVersion7()), Ct)).Value);
        Assert.Empty((await SmartCa.ListAsync(new SignerIdentity(Guid.CreateVersion7(), "000000000000"), Ct)).Value);
    }

    [Fact]
    public async Task A_stranger_s_notice_is_refused_and_one_about_an_unknown_order_learns_nothing()
    {
        var (order, step) = await BeginAsync();
        var now = fixture.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = $$"""{"transaction_id":"{{order.Id:N}}","tran_code":"{{step.Transaction}}","status":"failed","code":"4002"}""";
        Assert.Equal((401, "SIG-0412"), await TellAsync(body, now, SmartCaHook.Sign("another secret entirely", now, Encoding.UTF8.GetBytes(body))));
        Assert.Equal((401, "SIG-0412"), await TellAsync(body, now, ""));
        Assert.Equal((401, "SIG-0412"), await TellAsync(body, "x"));
        Assert.Equal((401, "SIG-0412"), await TellAsync(body, "1000"));
        Assert.Equal((404, "SIG-0413"), await TellAsync(body.Replace(order.Id.ToString("N"), Guid.CreateVersion7().ToString("N"), StringComparison.Ordinal), now));
        Assert.Equal((404, "SIG-0413"), await TellAsync(body.Replace(order.Id.ToString("N"), step.Transaction, StringComparison.Ordinal), now));
        // Their id of another order under our id of this one: mixed up, and refused.
        Assert.Equal((404, "SIG-0413"), await TellAsync(body.Replace(step.Transaction, "T0", StringComparison.Ordinal), now));
        Assert.Equal((400, "SIG-0414"), await TellAsync("[1]", now));
        Assert.Equal((400, "SIG-0414"), await TellAsync("{", now));
        Assert.Equal((413, "CMN-0413"), await TellAsync(new string(' ', 600 * 1024), now));
        Assert.Equal(HashState.Pending, (await OutcomeAsync(order)).State);
        await fixture.DialAsync("smartca.wrongHookSignature");
        Assert.Equal("401", string.Join(", ", await fixture.AnswerAsync(step.Transaction)));
        Assert.Equal(HashState.Signed, (await AskAtOnceAsync(order)).State);
    }

    [Fact]
    public async Task A_gateway_that_cannot_sign_shows_the_secret_itself_and_without_one_nobody_is_believed()
    {
        var settings = fixture.Service.Services.GetRequiredService<IOptions<ProviderOptions>>().Value.SmartCa;
        var (order, _) = await BeginAsync();
        var body = $$"""{"transaction_id":"{{order.Id:N}}","code":"4002"}""";
        async Task<int> ShowAsync(string secret)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, SmartCaHook.Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add(SmartCaHook.SecretHeader, secret);
            using var answer = await fixture.Service.Client().SendAsync(request, Ct);
            return (int)answer.StatusCode;
        }

        Assert.Equal(401, await ShowAsync(ProviderFixture.HookSecret));
        try
        {
            settings.HookBySecret = true;
            Assert.Equal(401, await ShowAsync("another secret"));
            settings.HookSecret = "";
            Assert.Equal(401, await ShowAsync(""));
            settings.HookSecret = ProviderFixture.HookSecret;
            Assert.Equal(200, await ShowAsync(ProviderFixture.HookSecret));
        }
        finally
        {
            (settings.HookBySecret, settings.HookSecret) = (false, ProviderFixture.HookSecret);
        }

        Assert.Equal(HashState.Declined, (await OutcomeAsync(order)).State);
    }

    [Fact]
    public async Task Neither_password_nor_personal_number_is_ever_logged_or_kept()
    {
        var (order, step) = await BeginAsync();
        var refused = await fixture.OrderAsync("smartca", ProviderFixture.Minh);
        await fixture.DialAsync("smartca.unauthorized");
        Assert.False((await SmartCa.BeginAsync(refused, Ct)).IsSuccess);
        await fixture.AnswerAsync(step.Transaction);
        Assert.DoesNotContain(fixture.Logs.Lines, l => l.Contains(ProviderFixture.SpPassword, StringComparison.Ordinal) || l.Contains(ProviderFixture.Hanh, StringComparison.Ordinal)
            || l.Contains(ProviderFixture.Minh, StringComparison.Ordinal) || l.Contains(ProviderFixture.HookSecret, StringComparison.Ordinal));
        var kept = await fixture.Service.InScopeAsync<SignatureDbContext, string>(db => db.Database.SqlQuery<string>(
            $"SELECT (to_jsonb(o) - 'certificate')::text AS \"Value\" FROM provider_order o WHERE id = {order.Id}").SingleAsync(Ct));
        Assert.DoesNotContain(ProviderFixture.Hanh, kept, StringComparison.Ordinal);
        Assert.Equal("SmartCaCaller", new SmartCaCaller("id", "secret").ToString());
        Assert.DoesNotContain("0221", new SmartCaCertificateQuery("id", "secret", "0221", "", "").ToString(), StringComparison.Ordinal);
    }

    private async Task<(int Status, string Code)> TellAsync(string body, string timestamp, string? signature = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, SmartCaHook.Path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation(SmartCaHook.TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(SmartCaHook.SignatureHeader, signature ?? SmartCaHook.Sign(ProviderFixture.HookSecret, timestamp, bytes));
        using var client = fixture.Service.Client();
        using var answer = await client.SendAsync(request, Ct);
        using var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return ((int)answer.StatusCode, answer.StatusCode == HttpStatusCode.OK ? "" : problem.RootElement.GetProperty("code").GetString()!);
    }
}
