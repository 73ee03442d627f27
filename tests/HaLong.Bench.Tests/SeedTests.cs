using HaLong.Bench.Queues;
using HaLong.Bench.Seed;

namespace HaLong.Bench.Tests;

public sealed class SeedTests
{
    [Fact]
    public void A_million_dossiers_as_of_today_unless_told_otherwise()
    {
        var today = new DateOnly(2026, 11, 30);
        Assert.Equal(new SeedOptions(1_000_000, 766, today, false), SeedOptions.Parse(["--run", ".run"], today));
        Assert.Equal(
            new SeedOptions(5000, 7, new DateOnly(2026, 1, 2), true), SeedOptions.Parse(["--dossiers", "5000", "--seed", "7", "--today", "2026-01-02", "--append"], today));
        Assert.True(SeedOptions.Parse(["--force"], today).Append);
        Assert.Throws<ArgumentException>(() => SeedOptions.Parse(["--dossiers", "0"], today));
        Assert.Throws<ArgumentException>(() => SeedOptions.Parse(["--dossiers", "9000000"], today));
    }

    [Fact]
    public void Dice_are_fair_and_always_the_same()
    {
        var (one, other) = (new Dice(5), new Dice(5));
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++)
        {
            var thrown = one.Below(6);
            Assert.Equal(thrown, other.Below(6));
            counts[thrown]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_500, 10_500));
        Assert.InRange(Enumerable.Range(0, 10_000).Average(_ => one.Share()), 0.49, 0.51);
    }

    [Fact]
    public void Shares_are_met()
    {
        var dice = new Dice(1);
        var counts = new int[3];
        var shares = PeopleNames.Sums(0.5, 0.3, 0.2);
        for (var i = 0; i < 10_000; i++)
            counts[dice.Pick(shares)]++;
        Assert.InRange(counts[0], 4_800, 5_200);
        Assert.InRange(counts[2], 1_800, 2_200);
    }

    [Fact]
    public void Ids_sort_by_time_and_say_when()
    {
        var (dice, at) = (new Dice(9), new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var (early, late) = (dice.Id(at), dice.Id(at.AddMilliseconds(1)));
        Assert.True(string.CompareOrdinal(early.ToString(), late.ToString()) < 0);
        Assert.Equal((7, at.ToUnixTimeMilliseconds()), (early.Version, Convert.ToInt64(early.ToString("N")[..12], 16)));
        Assert.InRange(early.Variant, 8, 11);
    }

    [Fact]
    public void The_same_person_has_the_same_name_and_a_third_of_all_are_called_Nguyen()
    {
        Assert.Equal(PeopleNames.Of(77), PeopleNames.Of(77));
        Assert.InRange(Enumerable.Range(0, 3000).Count(i => PeopleNames.Of((ulong)i).StartsWith("Nguyễn ", StringComparison.Ordinal)), 900, 1100);
        Assert.True(Enumerable.Range(0, 3000).Select(i => PeopleNames.Of((ulong)i)).Distinct().Count() > 1500);
    }

    [Fact]
    public void No_column_is_filled_twice_and_every_row_has_what_its_table_demands()
    {
        var dossiers = CitySamples.Make(300);
        Unique(DossierTable.All.Select(c => c.Name));
        Unique(OtherTables.Timeline.Select(c => c.Name));
        Unique(OtherTables.ClockEntries.Select(c => c.Name));
        Unique(OtherTables.Documents.Select(c => c.Name));
        string[] demanded = ["id", "code", "status", "procedure_id", "unit_code", "owner_id", "owner_name", "data", "fees", "created_at", "updated_at", "sequence", "steps", "paid_amount"];
        foreach (var name in demanded)
            Assert.All(dossiers, d => Assert.NotNull(DossierTable.All.Single(c => c.Name == name).Value(d)));
        foreach (var d in dossiers)
        {
            Assert.All(OtherTables.Timeline.Where(c => c.Name != "unit"), c => Assert.NotNull(c.Value((d, d.Steps.Count))));
            Assert.All(OtherTables.Documents, c => Assert.NotNull(c.Value((d, 1))));
            Assert.Equal(64, ((string)OtherTables.Documents.Single(c => c.Name == "sha256").Value((d, 1))!).Length);
        }

        Assert.All(dossiers.Where(d => d.IsOver && d.Clock.Count > 0), d => Assert.Null(OtherTables.Clocks(3).Single(c => c.Name == "calendar_version").Value(d)));
    }

    [Fact]
    public void Every_query_is_measured_under_a_name_of_its_own()
    {
        Unique(QueueQueries.Lists.Select(q => q.Name).Concat(QueueQueries.Searches.Select(q => q.Name)));
        Assert.All(QueueQueries.Lists, q => Assert.StartsWith("/api/v1/inbox?queue=", q.Path, StringComparison.Ordinal));
        Assert.All(QueueQueries.Searches, q => Assert.NotEmpty(q.Texts));
    }

    private static void Unique(IEnumerable<string> names)
    {
        var all = names.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}
