using HaLong.Bench.Load;

namespace HaLong.Bench.Limits;

/// <summary>How often one core takes two looks, the second where the first one points, into tables of the size of a calendar: less no count of days can do.</summary>
internal static class TableLimit
{
    private const int Days = 69_397, Asked = 4096;

    public static double Measure(TimeSpan duration)
    {
        var random = new Random(1);
        var (first, second, asked) = (new int[Days], new int[Days], new int[Asked]);
        for (var i = 0; i < Days; i++)
        {
            (first[i], second[i]) = (i * 5 / 7, i);
        }

        // Within some years, as dossiers are.
        for (var i = 0; i < Asked; i++)
        {
            asked[i] = 22_000 + random.Next(3000);
        }

        return PerCore.Rate(duration, Asked, () =>
        {
            var sum = 0L;
            foreach (var day in asked)
            {
                sum += second[first[day] + 20];
            }

            return sum;
        });
    }
}
