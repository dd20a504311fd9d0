import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.regex.*;

/** Answers lines of a pattern and texts in Base64: `refused`, or for each text `none`, or where the match ends. */
public class Regex {
    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null; System.out.flush()) {
            String[] parts = line.split(" ", -1);
            try {
                Pattern.compile(decoded(parts[0]), Pattern.DOTALL);
                Pattern pattern = Pattern.compile("\\A(?:" + decoded(parts[0]) + ")$", Pattern.DOTALL);
                StringJoiner answer = new StringJoiner(" ");
                for (int index = 1; index < parts.length; index++) {
                    Matcher matcher = pattern.matcher(decoded(parts[index]));
                    answer.add(matcher.find() ? "" + matcher.end() : "none");
                }
                System.out.println(answer);
            } catch (PatternSyntaxException | StackOverflowError error) {
                System.out.println("refused");
            }
        }
    }

    static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
