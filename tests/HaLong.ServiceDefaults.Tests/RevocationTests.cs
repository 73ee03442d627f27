using System.Diagnostics.Metrics;
using System.Security.Claims;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HaLong.ServiceDefaults.Tests;

/// <summary>Tokens that identity has made void are refused by every service within five seconds, and only those.</summary>
public sealed class RevocationTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("session")]
    [InlineData("subject")]
    [InlineData("token")]
    public async Task A_void_token_is_refused_within_five_seconds_with_its_own_code(string kind)
    {
        await using var app = await StartAsync();
        var (sub, session, id) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        using var client = app.Client(Token(app, sub, session, id, epoch: 3));
        using var other = app.Client(Token(app, Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString(), epoch: 0));
        Assert.True((await client.GetAsync("/who")).IsSuccessStatusCode);

        app.Identity.Revocations = kind switch
        {
            "session" => new([session], new Dictionary<string, int>(), []),
            "subject" => new([], new Dictionary<string, int> { [sub] = 4 }, []),
            _ => new([], new Dictionary<string, int>(), [id]),
        };

        await Eventually.Async(async () => !(await client.GetAsync("/who")).IsSuccessStatusCode, "the token is refused", Promised);
        using var refused = await client.GetAsync("/who");
        await refused.ProblemAsync(401, "CMN-1401");
        Assert.Equal("Bearer error=\"invalid_token\", error_description=\"The token was revoked\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.True((await other.GetAsync("/who")).IsSuccessStatusCode);
        // To a door that is open to anyone it makes no difference.
        Assert.True((await client.GetAsync("/open")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(3, false)]
    [InlineData(null, false)]
    public void A_subject_is_void_below_its_epoch_and_good_from_it_on(int? epoch, bool good)
    {
        var list = new VoidTokens(new RevocationFeed([], new Dictionary<string, int> { ["somebody"] = 4 }, []));
        Assert.Equal(!good, list.Contains(Read(epoch is null ? """{"sub":"somebody"}""" : $$"""{"sub":"somebody","epoch":{{epoch}}}""")));
        Assert.False(list.Contains(Read("""{"sub":"somebody-else","epoch":0}""")));
    }

    [Fact]
    public void Looking_a_token_up_allocates_nothing()
    {
        var list = new VoidTokens(new RevocationFeed([.. Enumerable.Range(0, 5000).Select(_ => Guid.CreateVersion7().ToString())],
            Enumerable.Range(0, 5000).ToDictionary(i => $"subject-{i}", i => i), ["a-token"]));
        var token = Read($$"""{"sub":"subject-7","epoch":7,"sid":"{{Guid.CreateVersion7()}}","oi_tkn_id":"{{Guid.CreateVersion7()}}"}""");
        Assert.False(list.Contains(token));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            list.Contains(token);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public async Task While_identity_is_away_the_last_list_stays_in_force_and_its_age_shows()
    {
        await using var identity = await TestIdentity.StartAsync();
        var address = new Uri(identity.Url);
        await using var wire = TcpProxy.To(address.Host, address.Port);
        await using var app = await StartAsync(("services:identity:http:0", $"http://127.0.0.1:{wire.Port}"));
        var session = Guid.CreateVersion7().ToString();
        using var client = app.Client(identity.Sign(Claims(Guid.CreateVersion7().ToString(), session, "t", 0)));
        Assert.True((await client.GetAsync("/who")).IsSuccessStatusCode);
        identity.Revocations = new([session], new Dictionary<string, int>(), []);
        await Eventually.Async(async () => !(await client.GetAsync("/who")).IsSuccessStatusCode, "the token is refused", Promised);

        wire.Cut();
        var list = app.Services.GetRequiredService<RevocationList>();
        await Eventually.Async(() => Task.FromResult(list.Age > TimeSpan.FromSeconds(3)), "the list grows old", TimeSpan.FromSeconds(10));
        await client.GetAsync("/who").ProblemAsync(401, "CMN-1401");
        Assert.True(Measure(app, "halong.auth.revocations_age") > 3);
        Assert.Equal(1, Measure(app, "halong.auth.revocations"));

        identity.Revocations = new([], new Dictionary<string, int>(), []);
        wire.Mend();
        await Eventually.Async(async () => (await client.GetAsync("/who")).IsSuccessStatusCode, "the list is read again", TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task An_unchanged_list_is_not_sent_again()
    {
        var conditional = new TaskCompletionSource<string>();
        await using var app = await StartAsync(build: b => b.Services.AddHttpClient("revocations").AddHttpMessageHandler(() => new Tagged(conditional)));
        Assert.Equal("\"the-tag\"", await conditional.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        var list = app.Services.GetRequiredService<RevocationList>();
        await Eventually.Async(() => Task.FromResult(list.Current.Count == 1 && list.Age < TimeSpan.FromSeconds(3)), "304 keeps the list and its age low");
    }

    [Fact]
    public async Task A_token_that_identity_does_not_take_any_more_is_replaced()
    {
        var tokens = new List<string?>();
        await using var app = await StartAsync(build: b => b.Services.AddHttpClient("revocations").AddHttpMessageHandler(() => new Refusing(tokens)));
        await Eventually.Async(() => Task.FromResult(tokens.Count >= 2 && tokens.Distinct().Count() >= 2), "a second reading with another token", TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("ServiceAuth:ClientId")]
    [InlineData("ServiceAuth:ClientSecret")]
    public async Task Without_a_client_of_its_own_a_service_does_not_start(string setting)
    {
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await StartAsync((setting, null)));
        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_announced_is_read_before_its_first_token_comes()
    {
        await using var app = await StartAsync();
        var keys = app.Services.GetRequiredService<IConfigurationManager<OpenIdConnectConfiguration>>();
        await Eventually.Async(async () => (await keys.GetConfigurationAsync(default)).SigningKeys.Count == 1, "the first key is read");

        app.Identity.AddKey("next");

        await Eventually.Async(async () => (await keys.GetConfigurationAsync(default)).SigningKeys.Any(k => k.KeyId == "next"), "the new key is read", TimeSpan.FromSeconds(9));
        Assert.Equal(2, (await keys.GetConfigurationAsync(default)).SigningKeys.Count);
    }

    [Fact]
    public async Task Refusals_are_counted()
    {
        await using var app = await StartAsync();
        var session = Guid.CreateVersion7().ToString();
        app.Identity.Revocations = new([session], new Dictionary<string, int>(), []);
        using var client = app.Client(Token(app, "a", session, "t", 0));
        long refused = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "halong.auth.void_tokens_refused" && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>())
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref refused, value));
        listener.Start();
        await Eventually.Async(async () => !(await client.GetAsync("/who")).IsSuccessStatusCode, "the token is refused", Promised);
        Assert.True(Interlocked.Read(ref refused) >= 1);
    }

    private static Task<TestApp> StartAsync(params (string, string?)[] settings) => StartAsync(null, settings);

    private static Task<TestApp> StartAsync(Action<WebApplicationBuilder>? build, params (string, string?)[] settings) => TestApp.StartAsync(
        app =>
        {
            app.MapGet("/who", (Caller caller) => caller.Subject).RequireAuthorization(Policies.SignedIn);
            app.MapFree("/open", () => "open");
        },
        build, settings: settings);

    private static List<Claim> Claims(string sub, string session, string id, int epoch) =>
        [new("sub", sub), new("scope", Policies.ApiScope), new("role", Roles.Citizen), new("sid", session), new("oi_tkn_id", id), new("epoch", $"{epoch}", ClaimValueTypes.Integer32)];

    private static string Token(TestApp app, string sub, string session, string id, int epoch) => app.Identity.Sign(Claims(sub, session, id, epoch));

    private static JsonWebToken Read(string payload) => new("""{"alg":"none"}""", payload);

    private static double Measure(TestApp app, string name)
    {
        double result = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == name && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>())
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => result = value);
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => result = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return result;
    }

    private sealed class Tagged(TaskCompletionSource<string> conditional) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.IfNoneMatch.Count > 0)
            {
                conditional.TrySetResult(request.Headers.IfNoneMatch.ToString());
                return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotModified));
            }

            return Task.FromResult(new HttpResponseMessage
            {
                Content = new StringContent("""{"sessions":["a"],"subjects":{},"tokens":[]}""", System.Text.Encoding.UTF8, "application/json"),
                Headers = { ETag = new("\"the-tag\"") },
            });
        }
    }

    private sealed class Refusing(List<string?> tokens) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (tokens)
            {
                tokens.Add(request.Headers.Authorization?.Parameter);
            }

            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized));
        }
    }
}
