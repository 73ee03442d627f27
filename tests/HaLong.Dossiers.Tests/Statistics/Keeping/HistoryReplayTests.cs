using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>
/// From the aggregate to the last cell: a thousand dossiers live through random histories, the database marks them, the keeper follows; what it kept is
/// what a rebuild makes of the histories, and what the histories in memory say.
/// </summary>
public sealed class HistoryReplayTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const int Dossiers = 1000, Rounds = 4;

    [Fact]
    public async Task What_was_kept_step_by_step_is_what_all_histories_give_at_once()
    {
        await using var city = await KeptCity.OfDossiersAsync(dossiers);
        await using var scope = city.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var histories = await RandomHistory.SaveNewAsync(db, Dossiers, 766);
        await city.KeepAsync();
        var random = new Random(766);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var history in histories.Where(_ => random.Next(4) == 0))
                history.Go(random.Next(1, 5));
            await RandomHistory.SaveAsync(db, histories);
            await city.KeepAsync();
        }

        Assert.Equal(0, await city.NumberAsync("SELECT count(*) FROM statistics.changed"));
        Assert.Equal(Dossiers, await city.NumberAsync("SELECT count(*) FROM statistics.fact"));
        var kept = await city.RowsAsync();
        var rebuilt = (await city.RebuildAsync())!;
        Assert.Equal((RebuildState.Done, (long)Dossiers, 0L, 0L, 0L), (rebuilt.State, rebuilt.Facts, rebuilt.DifferingFacts, rebuilt.DifferingCells, rebuilt.Taken));
        Assert.Equal(kept, await city.RowsAsync());

        // The same cells from the histories in memory, which never saw this database.
        await using var other = await KeptCity.StartAsync(dossiers);
        await SampleFacts.AddAsync(other.Services, histories.Select(h => h.Fact));
        Assert.Equal(kept, await other.RowsAsync());
    }
}
