using HaLong.Dossiers.Features.Queues;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>The keys of the program and those of the database are the same.</summary>
public sealed class OwnerNamesTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly string[] Names =
    [
        "Nguyễn Thị Bích Hằng", "ĐỖ VĂN ĐƯỢC", "Trần Ỷ Lan", "Công ty TNHH MTV 26/3 – Hạ Long", "Lê  O'Connor-Phạm", "Nguye\u0302\u0303n A\u0306n", "Ưng Hoàng Phúc", "Quách Ự", "a", "…", "Ångström",
    ];

    [Fact]
    public async Task Names_are_folded_alike()
    {
        foreach (var name in Names)
            Assert.Equal(Text.Fold(name), await ValueAsync<string>($"SELECT fold_name({name}) AS \"Value\""));
    }

    [Fact]
    public async Task Whatever_the_program_asks_for_stands_with_the_dossier()
    {
        foreach (var name in Names)
        {
            var stored = await KeysAsync("06688", "06688", name);
            var words = OwnerNames.Words(name);
            Assert.Equal(words.Order(), stored.Where(k => k.StartsWith("06688=", StringComparison.Ordinal)).Select(k => k["06688=".Length..]).Distinct().Order());
            Assert.Subset(stored.ToHashSet(), OwnerNames.Exact("06688", words).ToHashSet());
            Assert.Subset(stored.ToHashSet(), words.SelectMany(w => OwnerNames.Near("06688", w)).ToHashSet());
        }
    }

    [Theory]
    [InlineData("nguyen", "nguyn", true)]
    [InlineData("nguyen", "nguyena", true)]
    [InlineData("nguyen", "nguyon", true)]
    [InlineData("nguyen", "nguyne", true)]
    [InlineData("nguyen", "nguyo", false)]
    [InlineData("hanh", "han", true)]
    [InlineData("han", "hanh", true)]
    [InlineData("an", "am", false)]
    [InlineData("le", "la", false)]
    public async Task One_letter_is_forgiven_and_not_two(string name, string typed, bool fits) =>
        Assert.Equal(fits, (await KeysAsync("1", "1", name)).Intersect(OwnerNames.Near("1", typed)).Any());

    [Fact]
    public async Task Both_units_of_a_dossier_find_it_and_no_other_does()
    {
        var keys = await KeysAsync("06688", "06652", "Lê An");
        Assert.Equal(["06652=an", "06652=le", "06688=an", "06688=le"], keys.Where(k => k.Contains('=', StringComparison.Ordinal)).Order());
        Assert.All(await KeysAsync("06688", null, "Lê An"), k => Assert.StartsWith("06688", k, StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_eight_words_do_not_narrow_a_search_and_a_word_counts_once() =>
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h"], OwnerNames.Words("a b a c d e f g h i j"));

    [Fact]
    public async Task Whatever_single_letter_is_wrong_the_name_is_found()
    {
        var random = new Random(20261130);
        const string Letters = "abcdeghiklmnopqrstuvxy";
        foreach (var word in new[] { "nguyen", "hanh", "quynh", "thuong", "phuong" })
        {
            var stored = await KeysAsync("1", "1", word);
            for (var n = 0; n < 60; n++)
            {
                var at = random.Next(word.Length);
                var letter = Letters[random.Next(Letters.Length)].ToString();
                var typed = random.Next(4) switch
                {
                    0 => word.Remove(at, 1),
                    1 => word.Insert(at, letter),
                    2 => word.Remove(at, 1).Insert(at, letter),
                    _ when at + 1 < word.Length => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
                    _ => word,
                };
                Assert.True(stored.Intersect(OwnerNames.Near("1", typed)).Any(), $"{typed} for {word}");
            }
        }
    }

    private async Task<List<string>> KeysAsync(string unit, string? receiving, string name) =>
        [.. await ValueAsync<string[]?>($"SELECT owner_keys({unit}, {receiving}::text, {name}) AS \"Value\"") ?? []];

    private Task<T> ValueAsync<T>(FormattableString sql) => dossiers.InDbAsync(async db => (await db.Database.SqlQuery<T>(sql).ToListAsync(Ct)).Single());
}
