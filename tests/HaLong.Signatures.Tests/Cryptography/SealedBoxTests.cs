using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Tests.Cryptography;

/// <summary>Encrypted and bound to what it is for: anything else does not open it.</summary>
public sealed class SealedBoxTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Content = "khóa riêng"u8.ToArray();

    [Fact]
    public void What_was_sealed_opens_under_key_and_label() => Assert.Equal(Content, SealedBox.Open(Key, "a", SealedBox.Seal(Key, "a", Content)));

    [Fact]
    public void Another_key_or_label_opens_nothing()
    {
        var box = SealedBox.Seal(Key, "a", Content);
        Assert.Null(SealedBox.Open(RandomNumberGenerator.GetBytes(32), "a", box));
        Assert.Null(SealedBox.Open(Key, "b", box));
        Assert.Null(SealedBox.Open(Key, "", box));
    }

    [Fact]
    public void No_bit_can_be_changed()
    {
        var box = SealedBox.Seal(Key, "a", Content);
        for (var i = 0; i < box.Length; i++)
        {
            var changed = box.ToArray();
            changed[i] ^= 1;
            Assert.Null(SealedBox.Open(Key, "a", changed));
        }
    }

    [Fact]
    public void Nor_can_it_be_cut()
    {
        var box = SealedBox.Seal(Key, "a", Content);
        for (var length = 0; length < box.Length; length++)
            Assert.Null(SealedBox.Open(Key, "a", box.AsSpan(0, length)));
    }

    [Fact]
    public void Nothing_sealed_is_nothing_opened() => Assert.Empty(SealedBox.Open(Key, "a", SealedBox.Seal(Key, "a", []))!);

    [Fact]
    public void The_content_does_not_show()
    {
        var (one, two) = (SealedBox.Seal(Key, "a", Content), SealedBox.Seal(Key, "a", Content));
        Assert.NotEqual(one, two);
        Assert.Equal(-1, one.AsSpan().IndexOf(Content.AsSpan(0, 4)));
    }
}
