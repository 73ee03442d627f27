using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Tests.Catalogue;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Đăng ký ĐẤT đai, lần đầu", "dang ky dat dai lan dau")]
    [InlineData("Hộ tịch – khai  sinh", "ho tich khai sinh")]
    [InlineData("1.013978", "1.013978")]
    [InlineData("a\0b%_'c", "a b c")]
    [InlineData("khai sinh. .đất.", "khai sinh dat")]
    [InlineData("", "")]
    public void Text_is_folded_for_search(string text, string folded) => Assert.Equal(folded, SearchText.Fold(text));

    [Fact]
    public void Composed_and_decomposed_text_fold_alike() =>
        Assert.Equal(SearchText.Fold("Nguyễn"), SearchText.Fold("Nguyễn".Normalize(System.Text.NormalizationForm.FormD)));

    [Fact]
    public void A_query_gives_at_most_eight_different_words() =>
        Assert.Equal(8, SearchText.Words("a a b c d e f g h i k").Count);

    [Theory]
    [InlineData("Đăng ký ĐẤT đai, lần đầu (1.013978)")]
    [InlineData("Giấy chứng nhận; quyền sở hữu…")]
    public void Every_word_folds_to_the_word_of_its_place(string text) =>
        Assert.Equal(SearchText.Sequence(text), SearchText.Written(text).Select(SearchText.Fold));

    [Fact]
    public void Written_words_keep_their_signs() => Assert.Equal(["đăng", "ký", "đất"], SearchText.Written("ĐĂNG ký, Đất"));
}
