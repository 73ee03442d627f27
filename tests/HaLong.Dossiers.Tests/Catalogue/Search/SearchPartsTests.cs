using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Search;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Catalogue.Search;

/// <summary>The parts of the index by themselves: words, phrases, sums and counts.</summary>
public sealed class SearchPartsTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly ProcedureContent Plain =
        CatalogueLoader.Parse(DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == "1.005092")!.ToJsonString());

    [Fact]
    public void A_document_knows_what_each_of_its_words_is_worth()
    {
        var words = Document("Cấp giấy phép", keywords: ["hòn đảo"]).Words;
        Assert.True(words["giay"] > words["dao"] && words["dao"] > words["giao"], "name before keyword before field");
        Assert.True(words.ContainsKey("giayphep") && words["giayphep"] < words["giay"], "two syllables as one word");
        Assert.True(words["9.000001"] > words["giay"], "the code before all");
    }

    [Fact]
    public void The_place_in_a_life_event_decides_what_it_is_worth()
    {
        var lifeEvent = LifeEvents.All.Single(e => e.Code == "BIRTH");
        var (first, later, own) = (
            new SearchDocument(Guid.CreateVersion7(), Day, null, Plain with { Code = lifeEvent.Procedures[0] }),
            new SearchDocument(Guid.CreateVersion7(), Day, null, Plain with { Code = lifeEvent.Procedures[2] }),
            new SearchDocument(Guid.CreateVersion7(), Day, null, Plain with { Code = "9.000001", LifeEvents = ["BIRTH"] }));
        Assert.True(first.Words["baby"] > later.Words["baby"] && later.Words["baby"] > own.Words["baby"]);
        Assert.All((SearchDocument[])[first, later, own], d => Assert.Contains("BIRTH", d.Facets.Events));
    }

    [Fact]
    public void A_synonym_is_found_where_the_term_of_the_law_stands()
    {
        Assert.Contains("gpxd", Document("Gia hạn giấy phép xây dựng").Words.Keys);
        Assert.DoesNotContain("gpxd", Document("Gia hạn giấy phép lái tàu").Words.Keys);
    }

    [Fact]
    public void Another_end_of_validity_is_another_document_with_the_same_words()
    {
        var document = Document("Cấp giấy phép");
        Assert.Same(document, document.Until(null));
        var ended = document.Until(Day);
        Assert.Same(document.Words, ended.Words);
        Assert.Equal((document.Id, Day, true, false), (ended.Id, ended.ValidTo, ended.IsInForce(Day), ended.IsInForce(Day.AddDays(1))));
    }

    [Fact]
    public void Words_are_found_by_number_by_beginning_and_by_kin()
    {
        var vocabulary = new SearchVocabulary([Document("Khai sinh khai thác khám bệnh")]);
        var number = vocabulary.Number("khai");
        Assert.Equal("khai", vocabulary[number]);
        Assert.True(vocabulary.Number("khoai") < 0);
        Assert.Equal([new Kin(number, 100)], vocabulary.Starting("khai", prefixes: false));
        Assert.Empty(vocabulary.Starting("kh", prefixes: false));
        var beginning = vocabulary.Starting("kha", prefixes: true).Select(k => vocabulary[k.Word]).ToList();
        Assert.Equal(["khai", "khaisinh", "khaithac", "kham", "khambenh"], beginning);
        Assert.Contains(vocabulary.Near("khia"), k => vocabulary[k.Word] == "khai" && k.Quality == 50);
        Assert.Contains(vocabulary.Near("xinh"), k => vocabulary[k.Word] == "sinh" && k.Quality == 58);
        Assert.Same(vocabulary.Near("khia"), vocabulary.Near("khia"));
        Assert.Equal(("khai", "bệnh"), (vocabulary.Nearest("khia"), vocabulary.Written("benh")));
        Assert.Null(vocabulary.Nearest("zzzzzz"));
        Assert.Equal("zzzzzz", vocabulary.Written("zzzzzz"));
    }

    [Fact]
    public void What_is_remembered_of_slips_does_not_grow_without_end()
    {
        var vocabulary = new SearchVocabulary([Document("Khai sinh")]);
        string[] slips =
        [
            .. from at in Enumerable.Range(0, 5) from a in Enumerable.Range('a', 26) from b in Enumerable.Range('a', 26)
               select string.Concat("khaisinh".AsSpan(0, at), $"{(char)a}{(char)b}", "khaisinh".AsSpan(at + 2)),
        ];
        foreach (var slip in slips)
            vocabulary.Near(slip);
        Assert.Same(vocabulary.Near(slips[0]), vocabulary.Near(slips[0]));
        var late = slips.Last(s => vocabulary.Number(s) < 0);
        Assert.NotEmpty(vocabulary.Near(late));
        Assert.NotSame(vocabulary.Near(late), vocabulary.Near(late));
    }

    [Fact]
    public void The_best_word_of_a_document_counts_once()
    {
        var match = new WordMatch(3, ["a", "b"], remember: true);
        match.Take(0, 0, 7, 50);
        match.Take(0, 0, 8, 80);
        match.Take(0, 0, 9, 60);
        match.Take(1, 0, 7, 50);
        match.EndWord();
        match.Take(0, 1, 5, 20);
        match.EndWord();
        match.Choose(1, _ => true);
        // One document has both words, so those with one are out.
        Assert.Equal([0], match.Found);
        Assert.Equal((80 + 20) / 2, match.Worth(0));
        Assert.Equal([Sought.Only(8), Sought.Only(5), Sought.Only(8), Sought.Nothing], match.AsWritten(0, ["a", "b", "a", "c"]));
    }

    [Fact]
    public void What_does_not_fit_is_not_chosen_however_many_words_it_has()
    {
        var match = new WordMatch(2, ["a"], remember: false);
        match.Take(0, 0, 1, 10);
        match.Take(1, 0, 1, 10);
        match.EndWord();
        match.Choose(1, d => d == 1);
        Assert.Equal([1], match.Found);
    }

    [Theory]
    [InlineData("giấy thông hành ven biển", 4)]
    [InlineData("giấy thông hành", 3)]
    [InlineData("thông hành", 2)]
    [InlineData("giấy biển", 1)]
    [InlineData("giấy thông hành ven biển đảo", 1)]
    public void How_words_stand_in_a_phrase_decides_the_step(string typed, int step)
    {
        SearchDocument[] documents = [Document("Giấy thông hành ven biển")];
        var vocabulary = new SearchVocabulary(documents);
        var table = new PhraseTable(documents, vocabulary);
        Sought[] sought = [.. SearchText.Sequence(typed).Select(w => Sought.Only(vocabulary.Number(w)))];
        Assert.Equal(step, (table.Rank(0, sought, 0, exact: true, length: 0)) / 1_000_000);
        Assert.Equal(0, table.Rank(0, sought, 10_000, exact: false, length: 0) / 1_000_000);
    }

    [Theory]
    [InlineData("1013978", "1013978", 7)]
    [InlineData("1013978", "1013", 6)]
    [InlineData("1013978", "978", 5)]
    public void A_code_comes_before_all_words(string code, string typed, int step) => Assert.Equal(step, PhraseTable.OfCode(code, typed) / 1_000_000);

    [Fact]
    public void No_score_reaches_the_next_step()
    {
        SearchDocument[] documents = [Document("Giấy phép")];
        var table = new PhraseTable(documents, new SearchVocabulary(documents));
        Assert.Equal(1, table.Rank(0, [Sought.Nothing], 10_000, exact: true, length: 0) / 1_000_000);
        Assert.True(table.Rank(0, [Sought.Nothing], 0, exact: false, length: 5_000) >= -1_000);
    }

    [Fact]
    public void Places_go_by_rank_then_by_code()
    {
        Place[] places = [new(5, "2"), new(9, "3"), new(5, "1"), new(-1, "0")];
        Assert.Equal([new(9, "3"), new(5, "1"), new(5, "2"), new(-1, "0")], places.Order());
    }

    [Fact]
    public void A_filter_counts_what_only_it_keeps_out()
    {
        var counts = new FacetCount(new SearchQuery(null, Day, "EDUCATION", null, "citizen", null, null));
        Assert.True(counts.Take(Document("a")));
        Assert.False(counts.Take(Document("b", subjects: ["enterprise"])));
        Assert.False(counts.Take(Document("c", field: "LAND")));
        Assert.False(counts.Take(Document("d", field: "LAND", subjects: ["enterprise"])));
        var facets = counts.ToFacets();
        Assert.Equal([("EDUCATION", 1), ("LAND", 1)], facets.Field.Select(f => (f.Code, f.Count)));
        Assert.Equal([("citizen", 1), ("enterprise", 1)], facets.Subject.Select(f => (f.Code, f.Count)));
        Assert.Equal(1, Assert.Single(facets.Level).Count);
    }

    [Fact]
    public void The_online_level_that_is_counted_is_that_of_the_day()
    {
        var document = new SearchDocument(Guid.CreateVersion7(), Day, null, Plain with { OnlineLevel = "none", OnlinePeriods = [new OnlinePeriod(Day, "full")] });
        Assert.Equal("none", document.Facets.Online(Day.AddDays(-1))[0]);
        Assert.Equal("full", document.Facets.Online(Day)[0]);
        Assert.Equal((Plain.Level.Y2023, Plain.Level.Since20250701), (document.Facets.Level(new DateOnly(2025, 6, 30))[0], document.Facets.Level(Dated.Reform)[0]));
    }

    private static SearchDocument Document(string name, string field = "EDUCATION", string[]? subjects = null, string[]? keywords = null) => new(
        Guid.CreateVersion7(), Day.AddDays(-1), null, Plain with
        {
            Code = "9.000001",
            NameVi = name,
            NameEn = "x",
            ShortNameVi = null,
            Field = Plain.Field with { Code = field },
            Subjects = subjects ?? ["citizen"],
            Keywords = keywords ?? [],
        });
}
