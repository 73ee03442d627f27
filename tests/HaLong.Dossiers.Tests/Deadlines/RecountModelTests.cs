using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Recounting;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Whatever administrators do to a year, in whatever order: each date is what the calendar says, and the history tells how it came to be so.</summary>
public sealed class RecountModelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const int Dossiers = 12, Changes = 25;

    private static readonly string[] Weekday = ["HOLIDAY", "COMPENSATION", "SWAP_OFF"], Weekend = ["HOLIDAY", "SWAP_WORK"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_changes_of_the_calendar_leave_every_date_explained(int seed)
    {
        await using var own = await dossiers.NewFactory().StartAsync();
        await using var facts = await Listener.StartAsync<DossierDeadlineChanged>(new Uri(own.Broker));
        using var admin = own.Client(dossiers.Identity.Token(null, [Roles.Administrator], Unit, strong: true));
        var (random, ids) = (new Random(seed), new List<Guid>());
        for (var i = 0; i < Dossiers; i++)
            ids.Add(await CalendarSamples.AcceptedAsync(own, $"2024-0{random.Next(4, 10)}-{random.Next(10, 28)}T{random.Next(6, 20):00}:{i:00}"));

        var moves = ids.ToDictionary(id => id, _ => new List<DateTimeOffset?>());
        foreach (var dossier in await LoadAsync(own))
            moves[dossier.Id].Add(dossier.DueAt);
        for (var i = 0; i < Changes; i++)
        {
            await ChangeAsync(admin, random);
            // Several changes may come before the job looks, and it may look when nothing has changed.
            if (random.Next(3) == 0)
                continue;
            await CountAsync(own);
            foreach (var dossier in await LoadAsync(own))
            {
                if (moves[dossier.Id][^1] != dossier.DueAt)
                    moves[dossier.Id].Add(dossier.DueAt);
            }
        }
        await CountAsync(own);
        await CheckAsync(own, moves);
        var all = await own.InScopeAsync<DossierDbContext, int>(db => db.DueDateChanges.CountAsync(Ct));
        Assert.True(all > Dossiers / 2, $"{all} dates moved");
        await Eventually.Async(() => Task.FromResult(facts.Heard.Count == all), "every fact is heard");
        Assert.Equal(all, facts.Heard.Select(f => (f.DossierId, f.Sequence)).Distinct().Count());
    }

    private static async Task CheckAsync(ServiceFactory<Program> factory, Dictionary<Guid, List<DateTimeOffset?>> moves)
    {
        var calendar = await factory.Services.GetRequiredService<CalendarCache>().FreshAsync(Ct);
        var history = (await factory.InScopeAsync<DossierDbContext, List<DueDateChange>>(db => db.DueDateChanges.AsNoTracking().OrderBy(c => c.CalendarVersion).ToListAsync(Ct)))
            .ToLookup(c => c.DossierId);
        foreach (var dossier in await LoadAsync(factory))
        {
            // The date is the one a fresh count gives.
            Assert.Equal(DeadlineEngine.Evaluate(TimeLimit.WorkingDays(17), dossier.AcceptedAt!.Value, calendar, ClockSamples.Rules).DueAt, dossier.DueAt);
            // The history is a chain from the first promise to the present date, without a link that moves nothing.
            var chain = history[dossier.Id].ToList();
            Assert.All(chain, c => Assert.NotEqual(c.OldDueAt, c.NewDueAt));
            Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.NewDueAt, pair.Second.OldDueAt));
            Assert.Equal(dossier.DueAt, chain.Count == 0 ? moves[dossier.Id][0] : chain[^1].NewDueAt);
            // One step of the timeline and one fact for each.
            Assert.Equal((2 + chain.Count, 2L + chain.Count), (dossier.Steps, dossier.Sequence));
            Assert.True(chain.Count >= moves[dossier.Id].Count - 1);
        }
    }

    private static async Task CountAsync(ServiceFactory<Program> factory)
    {
        await factory.Services.GetRequiredService<RecountDeadlines>().RunAsync(Ct);
        var behind = await factory.InScopeAsync<DossierDbContext, int>(async db =>
        {
            var version = await db.CalendarVersions.Select(v => v.Version).SingleAsync(Ct);
            return await db.Clocks.CountAsync(c => c.CalendarVersion < version, Ct);
        });
        Assert.Equal(0, behind);
    }

    private static Task<List<Dossier>> LoadAsync(ServiceFactory<Program> factory) =>
        factory.InScopeAsync<DossierDbContext, List<Dossier>>(db => db.Dossiers.AsNoTracking().ToListAsync(Ct));

    /// <summary>Sets or removes a day of 2024; what makes no difference is refused, which is as good.</summary>
    private static async Task ChangeAsync(HttpClient admin, Random random)
    {
        var day = new DateOnly(2024, 4, 1).AddDays(random.Next(220));
        var kinds = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : Weekday;
        object body = random.Next(3) == 0
            ? new { reason = "Bỏ ngày đặc biệt", remove = new[] { day } }
            : new { reason = "Đổi lịch", set = new[] { new { date = day, kind = kinds[random.Next(kinds.Length)], nameVi = "Đổi", nameEn = "Changed", source = "QĐ 3" } } };
        using var answer = await admin.PatchAsync("/api/v1/admin/calendar/2024", System.Net.Http.Json.JsonContent.Create(body), Ct);
        Assert.True((int)answer.StatusCode is 200 or 409, await answer.Content.ReadAsStringAsync(Ct));
    }
}
