using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Search;

namespace HaLong.Dossiers.Tests.Catalogue.Search;

public sealed class SearchIndexTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly SearchIndex Index = new(1, Documents(Day.AddYears(-1)));

    [Theory]
    // Codes: whole, without the dot, the beginning, a fragment, an earlier code.
    [InlineData("1.013978", "1.013978", "Exact")]
    [InlineData("1013978", "1.013978", "Exact")]
    [InlineData(" 1.013978. ", "1.013978", "Exact")]
    [InlineData("013978", "1.013978", "Exact")]
    [InlineData("2.0008", "2.000815", "Exact")]
    [InlineData("1.009994", "1.013225", "Exact")]
    // With, without and with half of the signs; other case; composed otherwise; punctuation.
    [InlineData("Đăng ký khai sinh", "1.001193", "Exact")]
    [InlineData("dang ky khai sinh", "1.001193", "Exact")]
    [InlineData("ĐANG KÝ khai SINH", "1.001193", "Exact")]
    [InlineData("đăng-ký, khai/sinh!", "1.001193", "Exact")]
    [InlineData("Đăng ký kết hôn", "1.000894", "Exact")]
    [InlineData("ho kinh doanh", "1.001612", "Exact")]
    // Reversed words, without spaces, unfinished words.
    [InlineData("sinh khai đăng ký", "1.001193", "Exact")]
    [InlineData("hon ket", "1.000894", "Exact")]
    [InlineData("khaisinh", "1.001193", "Exact")]
    [InlineData("dang ky khai si", "1.001193", "Exact")]
    [InlineData("đăng ký kết h", "1.000894", "Exact")]
    // English.
    [InlineData("birth registration", "1.001193", "Exact")]
    [InlineData("marriage", "1.000894", "Exact")]
    [InlineData("lost certificate", "1.012786", "Exact")]
    [InlineData("building permit", "1.013225", "Exact")]
    // Life events and everyday words.
    [InlineData("sinh con", "1.001193", "Exact")]
    [InlineData("mua đất", "1.013831", "Exact")]
    [InlineData("mua dat", "1.013831", "Exact")]
    [InlineData("kết hôn", "1.000894", "Exact")]
    [InlineData("mở quán", "1.001612", "Exact")]
    [InlineData("làm sổ đỏ", "1.013978", "Exact")]
    [InlineData("xây nhà", "1.013225", "Exact")]
    [InlineData("sao y bản chính", "2.000815", "Exact")]
    [InlineData("xác nhận độc thân", "1.004873", "Exact")]
    [InlineData("having a child", "1.001193", "Exact")]
    // Typing errors: swapped, missing, doubled and wrong letters; spelling by sound.
    [InlineData("dang ky kahi sinh", "1.001193", "Near")]
    [InlineData("khia sinh", "1.001193", "Near")]
    [InlineData("khaii sinhh", "1.001193", "Near")]
    [InlineData("dawng ky ket hon", "1.000894", "Near")]
    [InlineData("giay phep xay dungj", "1.013225", "Near")]
    [InlineData("buiding pemit", "1.013225", "Near")]
    [InlineData("mariage", "1.000894", "Near")]
    [InlineData("dang ky khai xinh", "1.001193", "Near")]
    [InlineData("trứng thực chữ ký", "2.000884", "Near")]
    public void What_people_type_finds_what_they_mean(string typed, string code, string matching)
    {
        var found = Search(typed);
        var codes = found.Hits.Take(3).Select(h => h.Document.Code).ToList();
        Assert.True(codes.Contains(code), $"{typed}: {found.Matching}, {string.Join(' ', codes)} of {found.Hits.Count}");
        Assert.Equal(matching, found.Matching.ToString());
    }

    [Theory]
    [InlineData("1.013978", "1.013978")]
    [InlineData("đăng ký khai sinh", "1.001193")]
    [InlineData("Đăng ký kết hôn", "1.000894")]
    [InlineData("tách thửa", "1.012784")]
    [InlineData("chứng thực chữ ký", "2.000884")]
    [InlineData("sinh con", "1.001193")]
    [InlineData("mua đất", "1.013831")]
    [InlineData("mở quán", "1.001612")]
    [InlineData("đăng ký thường trú", "1.004222")]
    [InlineData("lý lịch tư pháp", "3.000333")]
    public void The_best_match_comes_first(string typed, string code) => Assert.Equal(code, Search(typed).Hits[0].Document.Code);

    [Fact]
    public void A_whole_name_is_before_its_beginning_before_words_together_before_words_apart()
    {
        var index = new SearchIndex(1,
        [
            Document("9.000001", "Cấp bản sao và giấy phép khác của xây dựng"), Document("9.000002", "Điều chỉnh giấy phép nuôi trồng"),
            Document("9.000003", "Giấy phép"), Document("9.000004", "Giấy phép khai thác"), Document("9.000005", "Phép đo và giấy tờ"),
        ]);
        Assert.Equal(["9.000003", "9.000004", "9.000002", "9.000001", "9.000005"], index.Search(Query("giấy phép")).Hits.Select(h => h.Document.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("%%% _ ' ; --")]
    public void Nothing_to_look_for_is_everything_by_code(string? typed)
    {
        var found = Search(typed);
        Assert.Equal(81, found.Hits.Count);
        Assert.Equal(found.Hits.Select(h => h.Document.Code).Order(StringComparer.Ordinal), found.Hits.Select(h => h.Document.Code));
        Assert.Empty(found.Suggestions);
    }

    [Theory]
    [InlineData("'; DROP TABLE procedure; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\0\u202E\uFFFD")]
    [InlineData("((((((((((.*.*.*.*)+)+)+)+)$")]
    [InlineData("......")]
    [InlineData("𝕜𝕙𝕒𝕚 𝕤𝕚𝕟𝕙 👶")]
    public void Signs_of_other_languages_are_only_signs(string typed) => Assert.NotNull(Search(typed).Facets);

    [Fact]
    public void A_very_long_query_is_answered_in_no_time()
    {
        var started = TimeProvider.System.GetTimestamp();
        Search(string.Join(' ', Enumerable.Range(0, 2000).Select(i => $"dat{i}")));
        Search(new string('a', 10_000));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Filters_narrow_and_counts_tell_what_other_filters_would_give()
    {
        var all = Index.Search(Query("đăng ký"));
        var land = Index.Search(Query("đăng ký") with { Field = "LAND" });
        Assert.True(land.Hits.Count > 0 && land.Hits.Count < all.Hits.Count);
        Assert.All(land.Hits, h => Assert.Equal("LAND", h.Document.Content.Field.Code));
        Assert.Equal(all.Facets.Field.Select(f => (f.Code, f.Count)), land.Facets.Field.Select(f => (f.Code, f.Count)));
        Assert.Equal(land.Hits.Count, land.Facets.Field.Single(f => f.Code == "LAND").Count);
        Assert.Equal(land.Hits.Count, land.Facets.Level.Sum(f => f.Count));
        foreach (var level in land.Facets.Level)
            Assert.Equal(level.Count, Index.Search(Query("đăng ký") with { Field = "LAND", Level = level.Code }).Hits.Count);
        foreach (var subject in all.Facets.Subject)
            Assert.Equal(subject.Count, Index.Search(Query("đăng ký") with { Subject = subject.Code }).Hits.Count);
        foreach (var lifeEvent in all.Facets.LifeEvent)
            Assert.Equal(lifeEvent.Count, Index.Search(Query("đăng ký") with { LifeEvent = lifeEvent.Code.ToLowerInvariant() }).Hits.Count);
        foreach (var online in all.Facets.Online)
            Assert.Equal(online.Count, Index.Search(Query("đăng ký") with { Online = online.Code }).Hits.Count);
    }

    [Fact]
    public void Online_can_be_asked_for_as_such()
    {
        Assert.Equal(81, Index.Search(Query(null) with { Online = "true" }).Hits.Count + Index.Search(Query(null) with { Online = "false" }).Hits.Count);
        Assert.Empty(Index.Search(Query(null) with { Online = "sometimes" }).Hits);
    }

    [Fact]
    public void The_level_is_that_of_the_day()
    {
        var index = new SearchIndex(1, Documents(new DateOnly(2023, 1, 1)));
        var query = Query("cấp giấy phép xây dựng mới");
        Assert.Contains(index.Search(query with { Day = new DateOnly(2025, 6, 30), Level = "district" }).Hits, h => h.Document.Code == "1.013225");
        Assert.DoesNotContain(index.Search(query with { Day = new DateOnly(2025, 7, 1), Level = "district" }).Hits, h => h.Document.Code == "1.013225");
    }

    [Fact]
    public void Only_versions_in_force_on_the_day_are_found()
    {
        var past = Document("9.000001", "Thủ tục cũ", Day.AddDays(-30), Day.AddDays(-1));
        var future = Document("9.000001", "Thủ tục mới", Day.AddDays(1), null);
        var index = new SearchIndex(1, [past, future]);
        Assert.Empty(index.Search(Query("thủ tục")).Hits);
        Assert.Same(past, Assert.Single(index.Search(Query("thủ tục") with { Day = Day.AddDays(-1) }).Hits).Document);
        Assert.Same(future, Assert.Single(index.Search(Query("9.000001") with { Day = Day.AddDays(1) }).Hits).Document);
        Assert.Empty(index.Search(Query("thủ tục cũ") with { Day = Day.AddDays(1) }, Matching.Exact).Hits);
    }

    [Theory]
    [InlineData("khia sinh", "khai sinh")]
    [InlineData("dang ky kte hon", "đăng ký kết hôn")]
    public void Where_words_were_guessed_the_right_ones_are_suggested(string typed, string suggested) => Assert.Contains(suggested, Search(typed).Suggestions);

    [Fact]
    public void Where_one_word_is_too_many_the_others_are_suggested()
    {
        var found = Search("khai sinh qqqqzzzz");
        Assert.Equal("1.001193", found.Hits[0].Document.Code);
        Assert.Contains("khai sinh", found.Suggestions);
        Assert.Empty(Search("sinh qqqqzzzz").Hits);
        Assert.Contains("sinh", Search("sinh qqqqzzzz").Suggestions);
        Assert.All(found.Suggestions, s => Assert.NotEmpty(Search(s).Hits));
    }

    [Fact]
    public void A_slip_that_is_a_word_of_its_own_is_forgiven_when_nothing_else_fits()
    {
        var index = new SearchIndex(1, [Document("9.000001", "Đất rừng"), Document("9.000002", "Mật ong")]);
        var found = index.Search(Query("mat rung"));
        Assert.Equal((Matching.Loose, "9.000001"), (found.Matching, Assert.Single(found.Hits).Document.Code));
    }

    [Fact]
    public void Nonsense_finds_nothing_and_suggests_nothing()
    {
        var found = Search("qqqqzzzzwwww");
        Assert.Empty(found.Hits);
        Assert.Empty(found.Suggestions);
    }

    [Fact]
    public void A_rank_depends_on_nothing_but_the_document_and_the_query()
    {
        var few = new SearchIndex(1, Documents(Day.AddYears(-1)).Where((_, i) => i % 2 == 0));
        foreach (var typed in (string[])["đăng ký đất", "chứng thực", "giay chung nhan", "khia sinh", "mua nhà"])
        {
            var found = Search(typed);
            var all = found.Hits.ToDictionary(h => h.Document.Code, h => h.Place);
            Assert.All(few.Search(Query(typed), found.Matching).Hits, h => Assert.Equal(all[h.Document.Code], h.Place));
        }
    }

    private static SearchResult Search(string? typed) => Index.Search(Query(typed));

    private static SearchQuery Query(string? typed) => new(typed, Day, null, null, null, null, null);

    internal static IEnumerable<SearchDocument> Documents(DateOnly from) => DataFiles.ReadNodes("procedures.json")
        .Select(n => new SearchDocument(Guid.CreateVersion7(), from, null, CatalogueLoader.Parse(n!.ToJsonString())));

    private static SearchDocument Document(string code, string name, DateOnly? from = null, DateOnly? to = null) => new(
        Guid.CreateVersion7(), from ?? Day, to,
        CatalogueLoader.Parse(DataFiles.ReadNodes("procedures.json")[0]!.ToJsonString()) with { Code = code, NameVi = name, ShortNameVi = null, NameEn = "x", Keywords = [], PredecessorCodes = [] });
}
