using HaLong.Dossiers.Filing.Codes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class CodeBlocksTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly Day = new(2026, 12, 31);

    private string Connection => dossiers.Factory.Services.GetRequiredService<IConfiguration>().GetConnectionString("dossier-db")!;

    [Fact]
    public async Task Numbers_count_by_agency_and_day_from_one_and_without_gaps_while_it_is_quiet()
    {
        await using var blocks = new CodeBlocks(Connection);
        Assert.Equal([1L, 2L, 3L], await TakeAsync(blocks, "000.00.91.H49", Day, 3));
        Assert.Equal([1L], await TakeAsync(blocks, "000.00.91.H49", Day.AddDays(1), 1));
        Assert.Equal([1L], await TakeAsync(blocks, "000.00.92.H49", Day, 1));
        Assert.Equal([4L], await TakeAsync(blocks, "000.00.91.H49", Day, 1));
    }

    [Fact]
    public async Task Two_replicas_that_file_for_one_agency_at_once_never_give_a_number_twice()
    {
        await using var one = new CodeBlocks(Connection);
        await using var other = new CodeBlocks(Connection);
        const int Each = 3_000, Workers = 16;
        var taken = await Task.WhenAll(Enumerable.Range(0, Workers).Select(w => Task.Run(() => TakeAsync(w % 2 == 0 ? one : other, "000.00.93.H49", Day, Each / 8), Ct)));
        var numbers = taken.SelectMany(t => t).ToList();
        Assert.Equal(2 * Each, numbers.Count);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        // What is lost in gaps is at most what two replicas may hold.
        Assert.InRange(await LastAsync("000.00.93.H49"), numbers.Count, numbers.Count + 2 * CodeBlocks.Largest);
    }

    [Fact]
    public async Task Filings_that_hold_every_connection_of_their_pool_still_get_numbers()
    {
        var small = new NpgsqlConnectionStringBuilder(Connection) { MaxPoolSize = 2, Timeout = 5 }.ConnectionString;
        await using var database = NpgsqlDataSource.Create(small);
        await using var first = await database.OpenConnectionAsync(Ct);
        await using var second = await database.OpenConnectionAsync(Ct);
        await using var blocks = new CodeBlocks(small);
        Assert.Equal([1L], await TakeAsync(blocks, "000.00.94.H49", Day, 1));
    }

    [Fact]
    public async Task A_replica_that_starts_again_goes_on_behind_what_it_had_leased()
    {
        long last;
        await using (var before = new CodeBlocks(Connection))
            last = (await TakeAsync(before, "000.00.95.H49", Day, 300))[^1];
        await using var after = new CodeBlocks(Connection);
        Assert.InRange((await TakeAsync(after, "000.00.95.H49", Day, 1))[0], last + 1, last + CodeBlocks.Largest);
    }

    [Fact]
    public async Task Without_the_database_no_number_is_given_and_the_next_one_is_when_it_is_back()
    {
        await using var proxy = TcpProxy.Start(Server());
        var through = new NpgsqlConnectionStringBuilder(Connection) { Host = "127.0.0.1", Port = new Uri(proxy.Url).Port, Timeout = 3, Pooling = true };
        await using var blocks = new CodeBlocks(through.ConnectionString);
        Assert.Equal([1L], await TakeAsync(blocks, "000.00.96.H49", Day, 1));
        proxy.Cut();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => TakeAsync(blocks, "000.00.96.H49", Day, 200));
        proxy.Mend();
        Assert.True((await TakeAsync(blocks, "000.00.96.H49", Day, 1))[0] > 1);
    }

    private Uri Server()
    {
        var server = new NpgsqlConnectionStringBuilder(Connection);
        return new Uri($"tcp://{server.Host}:{server.Port}");
    }

    private static async Task<List<long>> TakeAsync(CodeBlocks blocks, string counter, DateOnly day, int count)
    {
        var numbers = new List<long>();
        for (var i = 0; i < count; i++)
            numbers.Add(await blocks.NextAsync(counter, day, Ct));
        return numbers;
    }

    private Task<long> LastAsync(string counter) => dossiers.InDbAsync(db =>
        db.Database.SqlQuery<long>($"SELECT last AS \"Value\" FROM code_counter WHERE agency = {counter} AND day = {Day}").SingleAsync(Ct));
}
