using System.Diagnostics.Metrics;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Csc;
using HaLong.Signatures.Tests.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>How far a request got decides whether it may be repeated: a question may, a request to sign only when it never left.</summary>
public sealed class ProviderChannelTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly ServiceProvider services;
    private readonly ProviderTelemetry telemetry;
    private readonly ProviderChannel channel;
    private StubProvider stub = null!; // set by InitializeAsync

    public ProviderChannelTests()
    {
        var collection = new ServiceCollection().AddMetrics();
        collection.AddHttpClient(ProviderChannel.HttpClient).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services = collection.BuildServiceProvider();
        telemetry = new ProviderTelemetry(services.GetRequiredService<IMeterFactory>());
        channel = new ProviderChannel(services.GetRequiredService<IHttpClientFactory>(), telemetry, TimeProvider.System);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stub = await StubProvider.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await stub.DisposeAsync();
        await services.DisposeAsync();
    }

    private Task<ProviderAnswer> AskAsync(TimeSpan? limit = null) => channel.AskAsync("p", "ask", new Uri(stub.Url + "/ask"), new { a = 1 }, "token", limit ?? Long, Ct);

    private Task<ProviderAnswer> OrderAsync(TimeSpan? limit = null, string? url = null) =>
        channel.OrderAsync("p", "order", new Uri((url ?? stub.Url) + "/order"), new { a = 1 }, null, limit ?? Long, Ct);

    [Fact]
    public async Task A_good_answer_is_read_and_the_request_carries_token_and_body()
    {
        stub.Says(200, """{"b":"c"}""");
        var answer = await AskAsync();
        Assert.Equal((Reached.Answered, 200, "c"), (answer.Reached, answer.Status, answer.Body.Text("b")));
        Assert.Equal(("/ask", "Bearer token", """{"a":1}"""), Assert.Single(stub.Asked));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task A_question_that_was_not_answered_is_asked_once_more(int status)
    {
        stub.Says(status, "").Says(200, "{}");
        Assert.True((await AskAsync()).IsOk);
        Assert.Equal(2, stub.Asked.Count);
    }

    [Fact]
    public async Task A_question_whose_answer_was_lost_is_asked_once_more_and_not_for_ever()
    {
        stub.HangsUp();
        Assert.Equal(Reached.Lost, (await AskAsync()).Reached);
        Assert.Equal(2, stub.Asked.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task An_answer_that_says_no_is_an_answer(int status)
    {
        stub.Says(status, """{"error":"x"}""");
        var answer = await AskAsync();
        Assert.Equal((Reached.Answered, status, false), (answer.Reached, answer.Status, answer.IsOk));
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_is_never_repeated()
    {
        stub.HangsUp();
        Assert.Equal((Reached.Lost, 0), await OrderAsync() is var a ? (a.Reached, a.Status) : default);
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task An_order_that_is_answered_too_late_counts_as_lost_and_is_never_repeated()
    {
        stub.StaysSilent();
        Assert.Equal(Reached.Lost, (await OrderAsync(TimeSpan.FromMilliseconds(300))).Reached);
        Assert.True(stub.Asked.Count <= 1);
    }

    [Fact]
    public async Task An_order_is_not_repeated_after_an_error_either()
    {
        stub.Says(503, "");
        Assert.Equal(503, (await OrderAsync()).Status);
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task An_order_that_never_left_did_nothing()
    {
        var answer = await OrderAsync(url: "http://127.0.0.1:9");
        Assert.Equal((Reached.NotSent, true), (answer.Reached, answer.IsPassing));
        Assert.Equal(Reached.NotSent, (await OrderAsync(url: "http://nowhere.invalid")).Reached);
    }

    [Fact]
    public async Task The_caller_s_own_end_is_no_answer_of_the_provider()
    {
        stub.StaysSilent();
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.OrderAsync("p", "order", new Uri(stub.Url), new { }, null, Long, end.Token));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}")]
    public async Task What_is_no_object_has_no_body(string body)
    {
        stub.Says(200, body);
        Assert.Null((await AskAsync()).Body);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        stub.Says(200, new string(' ', ProviderChannel.MaxAnswerBytes + 1));
        Assert.Equal(Reached.Lost, (await OrderAsync()).Reached);
    }

    [Fact]
    public async Task What_providers_take_and_what_becomes_of_orders_is_measured()
    {
        var seen = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == SignatureTelemetry.Name) l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((i, v, tags, _) => { lock (seen) seen.Add($"{i.Name} {v} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"); });
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => { lock (seen) seen.Add($"{i.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"); });
        listener.Start();
        stub.Says(200, "{}");
        await AskAsync();
        telemetry.Ended("smartca", new HashOutcome(HashState.Declined, [], "SIGNER_REJECTED"), "told");
        telemetry.Hook("late");
        telemetry.ObserveWaiting(7, TimeSpan.FromSeconds(3));
        listener.RecordObservableInstruments();
        Assert.Contains("halong.signature.provider.call p ask 200", seen);
        Assert.Contains("halong.signature.provider.orders 1 smartca Declined SIGNER_REJECTED told", seen);
        Assert.Contains("halong.signature.provider.hooks 1 late", seen);
        Assert.Contains(seen, s => s.StartsWith("halong.signature.provider.waiting 7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_fetched_once_kept_until_shortly_before_its_end_and_forgotten_when_it_was_refused()
    {
        var time = new ShiftedTime();
        var tokens = new CscTokens(channel, time);
        var options = new CscOptions { Url = stub.Url, ClientId = "us", ClientSecret = "a & b" };
        stub.Says(200, """{"access_token":"one","expires_in":600}""").Says(200, """{"access_token":"two","expires_in":600}""").Says(200, """{"access_token":"three"}""");
        Assert.Equal("one", (await tokens.GetAsync("csc-a", options, Ct)).Value);
        Assert.Equal("one", (await tokens.GetAsync("csc-a", options, Ct)).Value);
        Assert.Equal(("/csc/v2/oauth2/token", "", "grant_type=client_credentials&client_id=us&client_secret=a+%26+b&scope=service"), Assert.Single(stub.Asked));
        time.Shift = TimeSpan.FromSeconds(580);
        Assert.Equal("two", (await tokens.GetAsync("csc-a", options, Ct)).Value);
        tokens.Forget("csc-a");
        Assert.Equal("three", (await tokens.GetAsync("csc-a", options, Ct)).Value);
        // Each provider has its own, and one that was agreed is not fetched.
        Assert.Equal("three", (await tokens.GetAsync("csc-b", options, Ct)).Value);
        Assert.Equal(4, stub.Asked.Count);
        Assert.Equal("agreed", (await tokens.GetAsync("csc-c", new CscOptions { ServiceToken = "agreed" }, Ct)).Value);
    }

    [Theory]
    [InlineData(401, "{}", "SIG-0411")]
    [InlineData(400, """{"error":"invalid_client"}""", "SIG-0411")]
    [InlineData(500, "{}", "SIG-0402")]
    [InlineData(200, "{}", "SIG-0420")]
    [InlineData(200, "[]", "SIG-0420")]
    public async Task A_token_that_is_not_to_be_had_has_a_code(int status, string body, string code)
    {
        stub.Says(status, body);
        Assert.Equal(code, (await new CscTokens(channel, TimeProvider.System).GetAsync("csc-a", new CscOptions { Url = "http://x", TokenUrl = stub.Url }, Ct)).Error.Code);
    }

    [Fact]
    public async Task Version_one_s_name_for_sending_a_code_is_tried_and_a_credential_without_description_is_asked_for()
    {
        var client = new CscClient("csc-a", new CscOptions { Url = stub.Url, ServiceToken = "t" }, channel, new CscTokens(channel, TimeProvider.System),
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        stub.Says(404, "").Says(204, "");
        Assert.Equal("", (await client.ChallengeAsync("c", Ct)).Value);
        Assert.Equal(["/csc/v2/credentials/getChallenge", "/csc/v2/credentials/sendOTP"], stub.Asked.Select(a => a.Path));

        stub.Asked.Clear();
        stub.Answers.Clear();
        var described = $$$"""{"cert":{"certificates":["{{{Convert.ToBase64String(TestPki.Default.Seal.RawData)}}}"]},"auth":{"mode":"implicit"}}""";
        stub.Says(200, """{"credentialIDs":["one","two",3]}""").Says(200, described).Says(400, """{"error":"invalid_request","error_description":"Invalid parameter credentialID"}""");
        var found = (await client.ListAsync("user", Ct)).Value;
        Assert.Equal(("one", 1), (found.Single().Credential.Id, found.Single().Credential.MaxHashes));
        Assert.Equal(3, stub.Asked.Count);
        Assert.True((await client.InfoAsync(Ct)) is { IsSuccess: false, Error.Code: "SIG-0410" });
    }
}
