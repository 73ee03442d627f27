using System.Text.Json;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>What a filed dossier is told, by where it stands; each test in a database of its own, because a dossier is of a real procedure.</summary>
public sealed class DossierExpectationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly Today = LocalTime.Date(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task What_is_accepted_is_compared_with_what_followed_the_check_of_others()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        using var citizen = Citizen(own);
        var id = await SubmittedAsync(citizen, Free);
        // The others took a hundred days, of which the check took ninety: behind who is accepted now lie at most ten more.
        await AddAsync(own, whole: 48_000, check: 43_200);
        Assert.InRange((await WaitOfAsync(citizen, id)).GetProperty("halfWithinDays").GetInt32(), 99, 100);

        await SetAsync(own, $"UPDATE dossier SET status = 'ACCEPTED', accepted_at = now() WHERE id = {id}");

        var accepted = await WaitOfAsync(citizen, id);
        Assert.InRange(accepted.GetProperty("halfWithinDays").GetInt32(), 9, 10);
        Assert.Equal(("unit", 30), (accepted.GetProperty("basis").GetString(), accepted.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Longer_than_all_others_is_said_to_be_not_known_in_the_language_asked_for()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        using var citizen = Citizen(own);
        var id = await SubmittedAsync(citizen, Free);
        await AddAsync(own, whole: 480, check: 60);
        await SetAsync(own, $"UPDATE dossier SET submitted_at = submitted_at - interval '60 days' WHERE id = {id}");
        citizen.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var wait = await WaitOfAsync(citizen, id);

        Assert.Equal(("none", JsonValueKind.Null), (wait.GetProperty("basis").GetString(), wait.GetProperty("mostBy").ValueKind));
        Assert.StartsWith("Not known yet: too few dossiers like this one took so long", wait.GetProperty("words").GetProperty("text").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(["unit", "everywhere", "lastYear"], wait.GetProperty("tried").EnumerateArray().Select(t => t.GetProperty("basis").GetString()));
    }

    [Fact]
    public async Task A_slow_database_of_facts_does_not_hide_the_dossier_nor_its_due_date()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Statistics:ExpectedWait:Patience", "00:00:00.200").StartAsync(waitForBus: false);
        using var citizen = Citizen(own);
        var id = await SubmittedAsync(citizen, Free);
        await using var scope = own.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE statistics.fact IN ACCESS EXCLUSIVE MODE", Ct);

        foreach (var path in new[] { $"/api/v1/dossiers/{id}", $"/api/v1/dossiers/{id}/deadline" })
        {
            var page = await GetAsync(citizen, path);
            Assert.Equal("unavailable", page.GetProperty("expectedWait").GetProperty("basis").GetString());
            Assert.Equal("SUBMITTED", page.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Officials_of_the_unit_are_told_the_same_as_the_owner()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        using var citizen = Citizen(own);
        var id = await SubmittedAsync(citizen, Free);
        await AddAsync(own, whole: 48_000, check: 60);
        using var officer = own.Client(dossiers.Identity.Token(null, [Roles.Officer], Unit));

        var (told, seen) = (await WaitOfAsync(citizen, id), await WaitOfAsync(officer, id));

        Assert.Equal(told.GetProperty("count").GetInt32(), seen.GetProperty("count").GetInt32());
        Assert.Equal("unit", seen.GetProperty("basis").GetString());
        Assert.Empty(seen.GetProperty("steps").EnumerateArray());
    }

    private HttpClient Citizen(ServiceFactory<Program> own) => own.Client(dossiers.Identity.Token(Guid.CreateVersion7(), [Roles.Citizen]));

    private static async Task<JsonElement> WaitOfAsync(HttpClient client, Guid id) => (await ViewAsync(client, id)).GetProperty("expectedWait");

    private static Task AddAsync(ServiceFactory<Program> own, int whole, int check) => SampleFacts.AddAsync(
        own.Services, Enumerable.Range(0, 30).Select(_ => Stays.Fact(Unit, Free, Today.AddDays(-200), Today.AddDays(-5), whole, check)));

    private static Task<int> SetAsync(ServiceFactory<Program> own, FormattableString sql) =>
        own.InScopeAsync<DossierDbContext, int>(db => db.Database.ExecuteSqlAsync(sql, Ct));
}
