// The measures of the code: its width, sizes, names, duplicates and circles. docs/architecture.md says what each must be.
// dotnet run -c Release --project eng/Measures [-- [--root FOLDER] [--check] [--all]]; with --check a measure beyond its limit
// fails, with --all every place of every measure is printed.
using Measures;

var root = args.SkipWhile(arg => arg != "--root").Skip(1).FirstOrDefault() ?? Environment.CurrentDirectory;
var code = SourceTree.Read(root);
var measures = new List<Measure>
{
    Sizes.WideLines(code), Sizes.LongFiles(code), Sizes.MedianFunction(code), Sizes.LongFunctions(code),
    FileNames.Misnamed(code), Duplicates.Pairs(code), FolderCircles.Find(code),
};

Console.WriteLine(Sizes.Table(code));
foreach (var measure in measures) Console.WriteLine(measure with { IsWhole = args.Contains("--all") });
return args.Contains("--check") && measures.Any(measure => !measure.Holds) ? 1 : 0;
