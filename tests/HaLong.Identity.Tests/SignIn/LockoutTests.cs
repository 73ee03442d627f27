using System.Net;
using HaLong.Identity.Keys;
using HaLong.Identity.SignIn;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests.SignIn;

public sealed class LockoutTests(IdentitySite site, Servers servers) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task After_five_wrong_passwords_even_the_right_one_waits_and_each_further_one_doubles_the_wait()
    {
        await FailAsync("officer", SignInLimiter.FreeAttempts);
        Assert.InRange(await LockedForAsync("officer"), 28, 30);

        site.Clock.Advance(TimeSpan.FromSeconds(31));
        await FailAsync("officer", 1);
        Assert.InRange(await LockedForAsync("officer"), 58, 60);

        site.Clock.Advance(TimeSpan.FromSeconds(61));
        using var right = await TryAsync("officer", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        await FailAsync("officer", SignInLimiter.FreeAttempts - 1);
        using var again = await TryAsync("officer", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_locked_all_the_same()
    {
        await FailAsync("nobody", SignInLimiter.FreeAttempts);
        Assert.InRange(await LockedForAsync("nobody"), 28, 30);
    }

    [Fact]
    public async Task Another_account_is_not_touched()
    {
        await FailAsync("approver", SignInLimiter.FreeAttempts);
        using var other = await TryAsync("leader", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
    }

    [Fact]
    public async Task The_wait_has_a_ceiling_and_failures_are_forgotten_after_a_day()
    {
        for (var i = 0; i < 20; i++)
        {
            await TakeAsync("patient");
            site.Clock.Advance(SignInLimiter.LongestDelay + TimeSpan.FromSeconds(1));
        }

        await TakeAsync("patient");
        Assert.InRange((await TakeAsync("patient"))!.Value, SignInLimiter.LongestDelay - TimeSpan.FromSeconds(5), SignInLimiter.LongestDelay);
        site.Clock.Advance(SignInLimiter.Memory + TimeSpan.FromMinutes(1));
        for (var i = 0; i < SignInLimiter.FreeAttempts; i++)
            Assert.Null(await TakeAsync("patient"));
        Assert.NotNull(await TakeAsync("patient"));
    }

    [Fact]
    public async Task Parallel_guesses_cannot_outrun_the_limit()
    {
        var waits = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => TakeAsync("attacked")));

        Assert.Equal(SignInLimiter.FreeAttempts, waits.Count(w => w is null));
    }

    [Fact]
    public async Task Two_replicas_count_together()
    {
        var replica = await site.StartReplicaAsync();
        for (var i = 0; i < SignInLimiter.FreeAttempts; i++)
        {
            using var answer = await new Browser((i % 2 == 0 ? site.Service : replica).Client()).SubmitSignInAsync("cashier", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.InRange(await LockedForAsync("cashier"), 28, 30);
        using var elsewhere = await new Browser(replica.Client()).SubmitSignInAsync("cashier", IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.TooManyRequests, elsewhere.StatusCode);
    }

    [Fact]
    public async Task All_names_of_an_account_share_one_count()
    {
        await FailAsync("auditor", 3);
        var number = await site.DatabaseAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.UserName == "auditor");
            return site.Service.Services.GetRequiredService<PersonalNumbers>().Of(account)!.Value;
        });
        await FailAsync(number, 2);

        Assert.InRange(await LockedForAsync("auditor"), 28, 30);
        Assert.InRange(await LockedForAsync(number), 28, 30);
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_is_slowed_down_and_others_are_not()
    {
        var replica = await site.StartReplicaAsync(f => f.WithSetting("Limits:FailuresPerAddress", "8"));
        for (var i = 0; i < 8; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync(replica, "203.0.113.7", $"guess-{i}", "wrong"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync(replica, "203.0.113.7", "administrator", IdentityProgram.DemoPassword));
        Assert.Equal(HttpStatusCode.Redirect, await FromAsync(replica, "203.0.113.8", "administrator", IdentityProgram.DemoPassword));
        site.Clock.Advance(SignInLimiter.FirstDelay + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, await FromAsync(replica, "203.0.113.7", "administrator", IdentityProgram.DemoPassword));
    }

    [Fact]
    public async Task One_right_password_does_not_clear_the_address_for_guessing_others()
    {
        var replica = await site.StartReplicaAsync(f => f.WithSetting("Limits:FailuresPerAddress", "6"));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync(replica, "2001:db8:1:2::1", $"other-{i}", "wrong"));
            Assert.Equal(HttpStatusCode.Redirect, await FromAsync(replica, "2001:db8:1:2::2", "administrator", IdentityProgram.DemoPassword));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync(replica, "2001:db8:1:2::3", "other-5", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync(replica, "2001:db8:1:2::4", "administrator", IdentityProgram.DemoPassword));
    }

    [Fact]
    public async Task Without_Redis_each_process_counts_by_the_same_rules()
    {
        var log = new LogCapture();
        var replica = await site.StartReplicaAsync(f => f
            .WithSetting("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200,abortConnect=false")
            .WithServices(s => s.AddSingleton<ILoggerProvider>(log)));
        for (var i = 0; i < SignInLimiter.FreeAttempts; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync(replica, "203.0.113.9", "helper", "wrong"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync(replica, "203.0.113.9", "helper", IdentityProgram.DemoPassword));
        Assert.Equal(HttpStatusCode.Redirect, await FromAsync(replica, "203.0.113.9", "administrator", IdentityProgram.DemoPassword));
        Assert.Contains(log.Lines, l => l.Contains("each process counts attempts for itself", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_is_not_kept()
    {
        await FailAsync("a-password-typed-as-a-name", 1);
        using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(servers.Redis);
        var keys = redis.GetServers()[0].Keys(pattern: site.Connection + ":limit:*").Select(k => k.ToString()).ToList();

        Assert.NotEmpty(keys);
        Assert.DoesNotContain(keys, k => k.Contains("typed", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<HttpStatusCode> FromAsync(ServiceFactory<Program> replica, string address, string userName, string password)
    {
        var client = replica.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var answer = await new Browser(client).SubmitSignInAsync(userName, password);
        return answer.StatusCode;
    }

    private async Task<TimeSpan?> TakeAsync(string userName)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignInLimiter>().TakeAsync(userName, TestContext.Current.CancellationToken);
    }

    private async Task FailAsync(string userName, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await TryAsync(userName, "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private async Task<int> LockedForAsync(string userName)
    {
        using var answer = await TryAsync(userName, IdentityProgram.DemoPassword);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Đã nhập sai nhiều lần.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var seconds = (int)answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        return seconds;
    }

    private Task<HttpResponseMessage> TryAsync(string userName, string password) => site.NewBrowser().SubmitSignInAsync(userName, password);
}
