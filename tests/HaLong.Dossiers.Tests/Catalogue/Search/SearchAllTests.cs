using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Search;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Catalogue.Search;

/// <summary>What must hold for every procedure of the catalogue, not only for well-chosen ones.</summary>
public sealed class SearchAllTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly List<ProcedureContent> Contents =
        [.. DataFiles.ReadNodes("procedures.json").Select(n => CatalogueLoader.Parse(n!.ToJsonString()))];
    private static readonly SearchIndex Index = new(1, Contents.Select(c => new SearchDocument(Guid.CreateVersion7(), Day, null, c)));

    [Fact]
    public void Every_procedure_is_first_by_its_code_with_and_without_the_dot()
    {
        foreach (var code in Contents.Select(c => c.Code))
        {
            Assert.Equal(code, First(code));
            Assert.Equal(code, First(code.Replace(".", "", StringComparison.Ordinal)));
            Assert.Contains(code, Codes(code[2..]));
            Assert.Contains(code, Codes(code[..6]));
        }
    }

    [Fact]
    public void Every_procedure_is_first_by_its_whole_name_in_any_writing()
    {
        foreach (var content in Contents)
        {
            Assert.Equal(content.Code, First(content.NameVi));
            Assert.Equal(content.Code, First(Text.Fold(content.NameVi)));
            Assert.Equal(content.Code, First(content.NameVi.ToUpperInvariant()));
            Assert.Equal(content.Code, First(content.NameVi.Normalize(System.Text.NormalizationForm.FormD)));
            Assert.Contains(content.Code, Codes(content.NameEn).Take(2));
        }
    }

    [Fact]
    public void Every_procedure_is_found_by_its_words_in_reverse()
    {
        foreach (var content in Contents)
        {
            var words = SearchText.Sequence(content.ShortNameVi ?? content.NameVi).Distinct().Take(8);
            Assert.Contains(content.Code, Codes(string.Join(' ', words.Reverse())));
        }
    }

    [Fact]
    public void Nearly_every_procedure_is_still_found_with_a_slip_in_one_of_its_words()
    {
        var random = new Random(11);
        var (found, all) = (0, 0);
        foreach (var content in Contents)
        {
            var words = SearchText.Sequence(content.ShortNameVi ?? content.NameVi).Take(6).ToArray();
            for (var slip = 0; slip < 4; slip++)
            {
                var typed = words.ToArray();
                var at = random.Next(typed.Length);
                typed[at] = Slip(typed[at], random);
                all++;
                if (Codes(string.Join(' ', typed)).Take(20).Contains(content.Code))
                    found++;
            }
        }
        Assert.True(found >= all * 0.97, $"{found} of {all}");
    }

    [Fact]
    public void While_somebody_types_a_name_the_procedure_stays_among_the_hits()
    {
        foreach (var content in Contents.Where(c => c.NameVi.Length < 80))
        {
            // From the moment there is more than one word.
            for (var length = content.NameVi.IndexOf(' ', StringComparison.Ordinal) + 2; length <= content.NameVi.Length; length++)
                Assert.Contains(content.Code, Codes(content.NameVi[..length]));
        }
    }

    [Fact]
    public void Every_life_event_and_each_of_its_words_leads_to_all_its_procedures()
    {
        foreach (var lifeEvent in LifeEvents.All)
        {
            foreach (var word in lifeEvent.Words.Append(lifeEvent.Vi).Append(lifeEvent.En))
            {
                var codes = Codes(word);
                Assert.All(lifeEvent.Procedures, p => Assert.Contains(p, codes));
            }
            var filtered = Index.Search(new SearchQuery(null, Day, null, null, null, lifeEvent.Code, null)).Hits.Select(h => h.Document.Code);
            Assert.Equal(lifeEvent.Procedures.Order(StringComparer.Ordinal), filtered.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Everything_suggested_finds_something()
    {
        var random = new Random(5);
        foreach (var content in Contents)
        {
            var words = SearchText.Sequence(content.NameVi).Take(4).Select(w => Slip(Slip(w, random), random));
            foreach (var suggestion in Index.Search(Query(string.Join(' ', words))).Suggestions)
                Assert.NotEmpty(Index.Search(Query(suggestion), Matching.Exact).Hits);
        }
    }

    [Fact]
    public void An_index_that_took_in_changes_answers_like_one_that_was_built_at_once()
    {
        var old = Contents.ConvertAll(c => new SearchDocument(Guid.CreateVersion7(), Day.AddDays(-9), null, c));
        var ended = old.Select((d, i) => i % 3 == 0 ? d.Until(Day.AddDays(-1)) : d);
        var renewed = Contents.Where((_, i) => i % 3 == 0).Select(c => new SearchDocument(Guid.CreateVersion7(), Day, null, c));
        var changed = new SearchIndex(2, ended.Concat(renewed));
        foreach (var typed in (string[])["đăng ký", "giay chung nhan", "khia sinh", "sinh con", "1.01", ""])
        {
            var (expected, actual) = (Index.Search(Query(typed)), changed.Search(Query(typed)));
            Assert.Equal(expected.Hits.Select(h => h.Place), actual.Hits.Select(h => h.Place));
            Assert.Equal(expected.Facets.Field, actual.Facets.Field);
            Assert.Equal(expected.Suggestions, actual.Suggestions);
        }
    }

    private static string Slip(string word, Random random)
    {
        var at = random.Next(word.Length);
        return random.Next(4) switch
        {
            0 when word.Length > 2 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            2 when at + 1 < word.Length => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
            _ => $"{word[..at]}{(char)('a' + random.Next(26))}{word[(at + 1)..]}",
        };
    }

    private static string First(string typed) => Index.Search(Query(typed)).Hits[0].Document.Code;

    private static List<string> Codes(string typed) => [.. Index.Search(Query(typed)).Hits.Select(h => h.Document.Code)];

    private static SearchQuery Query(string typed) => new(typed, Day, null, null, null, null, null);
}
