using CsCheck;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Cases;

public sealed class ReferenceGuessTests
{
    private const string Reference = "HLQ7K3M9XW2P";
    private static readonly Guid Id = Guid.CreateVersion7();

    [Theory]
    [InlineData("HLQ7K3M9XW2", 91)]
    [InlineData("hlq7k3m9", 66)]
    [InlineData("MBVCB.1.HL Q7K3 M9XW .CT tu 0123", 83)]
    [InlineData("HLQ7K3M9XW2Q", 91)]
    [InlineData("HLQ7K3MAXW2P", 91)]
    [InlineData("HLQ7K3", 50)]
    public void A_cut_or_mistyped_reference_gives_a_guess_with_its_score(string text, int score) =>
        Assert.Equal(new ReferenceGuess(Id, score), ReferenceGuess.Best(text, [(Id, Reference)]));

    [Theory]
    [InlineData("")]
    [InlineData("tien hoc phi")]
    [InlineData("HLQ7K")]
    [InlineData("HL1234567890")]
    [InlineData("Q7K3M9XW2P")]
    public void Too_little_of_it_is_no_guess(string text) => Assert.Null(ReferenceGuess.Best(text, [(Id, Reference)]));

    [Fact]
    public void Of_two_that_fit_alike_none_is_guessed() =>
        Assert.Null(ReferenceGuess.Best("HLQ7K3M9", [(Id, Reference), (Guid.CreateVersion7(), "HLQ7K3M90000")]));

    [Fact]
    public void Of_two_the_one_that_fits_better_is_guessed() =>
        Assert.Equal(Id, ReferenceGuess.Best("HLQ7K3M9X", [(Guid.CreateVersion7(), "HLQ7K3M90000"), (Id, Reference)])?.PaymentId);

    [Theory]
    [InlineData("HLQ7K3M9XWI0", "HLQ7K3M9XW10")]
    [InlineData("HLQ7K3M9XWLO", "HLQ7K3M9XW10")]
    [InlineData("HLUUUUUUUUUU", "HLVVVVVVVVVV")]
    public void Letters_that_the_alphabet_does_not_have_are_what_people_meant_by_them(string typed, string meant) =>
        Assert.Equal([meant], ReferenceGuess.PiecesOf(typed));

    [Fact]
    public void Only_a_whole_reference_has_a_hundred_and_a_front_as_much_as_it_has_of_it() => Gen.Int[6, 12].Sample(length =>
    {
        var reference = PaymentReference.Create();
        Assert.Equal(100 * length / 12, ReferenceGuess.ScoreOf(reference[..length], reference));
    });

    [Fact]
    public void A_text_of_any_kind_has_pieces_of_the_right_shape() => Gen.String.Sample(text => Assert.All(ReferenceGuess.PiecesOf(text), p =>
    {
        Assert.StartsWith("HL", p, StringComparison.Ordinal);
        Assert.InRange(p.Length, 6, 12);
    }));
}
