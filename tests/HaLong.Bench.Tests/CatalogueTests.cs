using HaLong.Bench.Catalogue;

namespace HaLong.Bench.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public void Variants_have_codes_and_names_of_their_own_and_always_the_same()
    {
        var names = Enumerable.Range(0, 5000).Select(n => CatalogueVariants.Name("Đăng ký khai sinh", n)).ToList();
        Assert.Equal(5000, names.Distinct().Count());
        Assert.Equal(5000, Enumerable.Range(0, 5000).Select(CatalogueVariants.Code).Distinct().Count());
        Assert.Equal("Đăng ký khai sinh đối với nuôi trồng thủy sản tại Hồng Gai (nhóm 1)", names[0]);
        Assert.Equal(names[4321], CatalogueVariants.Name("Đăng ký khai sinh", 4321));
        Assert.True(CatalogueVariants.Name(new string('x', 2000), 1).Length < 260);
    }

    [Theory]
    [InlineData("sinh con", "/api/v1/procedures?limit=20&q=sinh%20con")]
    [InlineData("đất&field=LAND", "/api/v1/procedures?limit=20&q=%C4%91%E1%BA%A5t&field=LAND")]
    [InlineData("&level=province", "/api/v1/procedures?limit=20&q=&level=province")]
    public void A_query_is_words_and_filters(string query, string path) => Assert.Equal(path, CatalogueQueries.Path(query));

    [Fact]
    public void Every_kind_of_query_is_asked() =>
        Assert.All(["words", "codes", "events", "typos", "nothing", "filters", "unfinished"], kind => Assert.NotEmpty(CatalogueQueries.ByKind[kind]));
}
