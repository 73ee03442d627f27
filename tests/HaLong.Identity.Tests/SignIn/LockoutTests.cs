using System.Net;
using HaLong.Identity.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.SignIn;

public sealed class LockoutTests(IdentitySite site) : IClassFixture<IdentitySite>
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
    public async Task The_table_of_attempts_does_not_hold_the_names_typed()
    {
        await FailAsync("a-password-typed-as-a-name", 1);
        var keys = await site.DatabaseAsync(db => db.SignInThrottles.Select(t => t.Key).ToListAsync());

        Assert.All(keys, k => Assert.Equal(32, k.Length));
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
