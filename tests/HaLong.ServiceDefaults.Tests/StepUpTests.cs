using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HaLong.ServiceDefaults.Tests;

public sealed class StepUpTests : IAsyncLifetime
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    private TestApp app = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(map: a =>
    {
        a.MapPost("/strong", () => "done").RequireAuthorization(Policies.Cashier).RequireStrong();
        a.MapPost("/recent", () => "done").RequireAuthorization(Policies.SignedIn).RequireStrong(Recent);
        a.MapPost("/sometimes/{much:bool}", (bool much, HttpContext http) => (much ? StepUp.Demand(http, Recent) : null) ?? Results.Ok("done"))
            .RequireAuthorization(Policies.SignedIn);
        a.MapPost("/stored", () => "done").RequireAuthorization(Policies.SignedIn)
            .AddEndpointFilter(async (context, next) =>
            {
                context.HttpContext.Response.Headers["X-Stored"] = "yes";
                return await next(context);
            })
            .RequireStrong();
        a.MapGroup("/group").RequireAuthorization(Policies.SignedIn).RequireStrong().MapGet("/member", () => "done");
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_sign_in_with_one_factor_is_told_what_to_ask_for()
    {
        using var client = app.Client(app.Identity.Token(roles: [Roles.Cashier]), "en");

        using var answer = await client.PostAsync("/strong", null);

        var problem = await answer.ProblemAsync(401, "CMN-0470");
        Assert.Equal("This needs a second step or a passkey. Prove who you are once more and try again.", problem.GetProperty("title").GetString());
        var challenge = answer.Headers.WwwAuthenticate.Single();
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Contains("error=\"insufficient_user_authentication\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains($"acr_values=\"{Caller.StrongAcr}\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.DoesNotContain("max_age", challenge.Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strong_sign_in_passes_however_old_where_age_does_not_matter()
    {
        using var client = app.Client(app.Identity.Token(roles: [Roles.Cashier], strong: true, signedInAgo: TimeSpan.FromHours(7)));
        Assert.Equal("done", await PostAsync(client, "/strong"));
    }

    [Theory]
    [InlineData(true, 4, null)]
    [InlineData(true, 6, "CMN-0471")]
    [InlineData(false, 0, "CMN-0470")]
    public async Task Where_it_must_be_recent_strength_and_age_both_count(bool strong, int minutesAgo, string? refusal)
    {
        using var client = app.Client(app.Identity.Token(strong: strong, signedInAgo: TimeSpan.FromMinutes(minutesAgo)));
        if (refusal is null)
        {
            Assert.Equal("done", await PostAsync(client, "/recent"));
            return;
        }

        using var answer = await client.PostAsync("/recent", null);
        await answer.ProblemAsync(401, refusal);
        Assert.Contains("max_age=300", answer.Headers.WwwAuthenticate.Single().Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_time_of_sign_in_nothing_is_recent()
    {
        using var client = app.Client(app.Identity.Sign(
        [
            new Claim("sub", Guid.CreateVersion7().ToString()), new Claim("scope", Policies.ApiScope), new Claim("acr", Caller.StrongAcr),
        ]));
        await client.PostAsync("/recent", null).ProblemAsync(401, "CMN-0471");
    }

    [Fact]
    public async Task Who_lacks_the_role_is_forbidden_and_not_asked_to_prove_more()
    {
        using var client = app.Client(app.Identity.Token(roles: [Roles.Citizen]));
        using var answer = await client.PostAsync("/strong", null);

        await answer.ProblemAsync(403, "CMN-0403");
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Nobody_signed_in_is_simply_unauthenticated()
    {
        using var client = app.Client();
        await client.PostAsync("/strong", null).ProblemAsync(401, "CMN-0401");
    }

    [Fact]
    public async Task A_handler_may_decide_for_itself()
    {
        using var client = app.Client(app.Identity.Token());

        Assert.Contains("done", await PostAsync(client, "/sometimes/false"), StringComparison.Ordinal);
        await client.PostAsync("/sometimes/true", null).ProblemAsync(401, "CMN-0470");
    }

    [Fact]
    public async Task It_comes_before_every_other_filter()
    {
        using var weak = app.Client(app.Identity.Token());
        using var answer = await weak.PostAsync("/stored", null);
        await answer.ProblemAsync(401, "CMN-0470");
        Assert.False(answer.Headers.Contains("X-Stored"));

        using var strong = app.Client(app.Identity.Token(strong: true));
        using var passed = await strong.PostAsync("/stored", null);
        Assert.True(passed.Headers.Contains("X-Stored"));
    }

    [Fact]
    public async Task A_whole_group_can_demand_it()
    {
        using var weak = app.Client(app.Identity.Token());
        await weak.GetAsync("/group/member").ProblemAsync(401, "CMN-0470");
        using var strong = app.Client(app.Identity.Token(strong: true));
        Assert.Equal("done", await strong.GetStringAsync("/group/member"));
    }

    private static async Task<string> PostAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(path, null);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
